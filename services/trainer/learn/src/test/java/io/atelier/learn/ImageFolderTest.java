package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.recipe.TileFiles;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe image-folder from end to end: a user's own folders in, a published model with their names as labels out. */
class ImageFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private RanRecipe train(Path data) {
        return RanRecipe.train(
                "image-folder",
                data,
                folder,
                List.of(
                        "model=my-pictures",
                        "architecture.generator=[8,8,8,8]",
                        "architecture.refine=0",
                        "architecture.discriminator=[8,8]",
                        "architecture.last=8",
                        "schedule.steps=4",
                        "schedule.batch=4",
                        "evaluation.judgeSteps=10"));
    }

    @Test
    void ownFoldersBecomeTheLabelsOfAPublishedModel() throws Exception {
        RanRecipe ran = train(TileFiles.write(folder.resolve("mine"), 12).resolve("dngn"));
        assertThat(ran.exit()).as(ran.err()).isZero();
        DirectoryModelRepository models =
                new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
        ModelPackage published = models.open(ModelRef.parse("my-pictures"));
        models.verify(published);
        ModelManifest manifest = published.manifest();
        assertThat(manifest.task()).isEqualTo(ModelTask.IMAGE_CLASS_CONDITIONAL);
        assertThat(manifest.labels()).containsExactly("altars", "floor", "wall");
        assertThat(Files.readString(published.file("README.md"))).contains("64x64", "nearest.png", "NOASSERTION");
    }

    @Test
    void tooFewPicturesAreRefusedByClassBeforeAnyStep() throws Exception {
        Path data = TileFiles.write(folder.resolve("mine"), 12).resolve("dngn");
        try (Stream<Path> files = Files.list(data.resolve("wall"))) {
            for (Path file : files.skip(5).toList()) {
                Files.delete(file);
            }
        }
        RanRecipe ran = train(data);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("class wall has", "at least 8 a class", "Add pictures");
    }
}
