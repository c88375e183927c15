package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.learn.recipe.StylePictureFiles;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe style from end to end, on a few small pictures. */
class StyleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeEach
    void makePictures() throws IOException {
        data = StylePictureFiles.write(folder.resolve("pictures"), 4);
    }

    private RanRecipe train(String... more) {
        return RanRecipe.train(
                "style",
                data,
                folder,
                List.of(
                        "architecture.stylizer=[4,6,8]",
                        "architecture.blocks=1",
                        "data.paintings=upright,level",
                        "data.side=64",
                        "data.heldOut=1",
                        "schedule.steps=6",
                        "schedule.recolouring=2",
                        "schedule.sampleEvery=3",
                        "compute.precision=float32",
                        "gate.style_gain=0.0"),
                more);
    }

    @Test
    void trainedNetworkIsPublishedWithThePaintingsAsLabelsAndItsGraphPaintsTheSame() throws Exception {
        RanRecipe trained = train();
        assertThat(trained.exit()).as(trained.err()).isZero();
        JsonNode metrics = new JsonMapper().readTree(trained.out()).path("metrics");
        List<String> names = List.of("style", "content", "photograph_style", "recoloured_style", "photograph_content");
        for (String name : names) {
            assertThat(metrics.has(name)).as(name).isTrue();
            assertThat(metrics.has(name + "_upright")).as(name).isTrue();
        }
        for (String sheet : List.of("samples/step-000000003.png", "sheet.png")) {
            assertThat(folder.resolve("run").resolve(sheet)).isNotEmptyFile();
        }

        DirectoryModelRepository models =
                new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
        ModelPackage published = models.open(ModelRef.parse("style"));
        models.verify(published);
        ModelManifest manifest = published.manifest();
        assertThat(manifest.task()).isEqualTo(ModelTask.IMAGE_STYLE);
        assertThat(manifest.labels()).containsExactly("upright", "level");
        assertThat(manifest.graphs()).extracting(GraphSpec::role).containsExactly("stylizer", "tile");
        assertThat(manifest.limits()).containsEntry("multiple", 16L).containsEntry("reach", 32L);
        assertThat(Files.readString(published.file("README.md")))
                .contains("upright, level", "public domain", "moments");

        JsonNode measured = evaluatedInAnotherProcess();
        for (String name : List.of("style", "content", "style_gain", "photograph_style")) {
            double expected = metrics.path(name).asDouble();
            assertThat(measured.path(name).asDouble()).as(name).isCloseTo(expected, within(1e-3 * expected));
        }
    }

    /** A process of its own, since ONNX Runtime's threads can be chosen once a process and other tests choose them too. */
    private JsonNode evaluatedInAnotherProcess() throws Exception {
        Path out = folder.resolve("eval.json");
        Path err = folder.resolve("eval.log");
        String repository = folder.resolve("models").toString();
        List<String> line = List.of("eval", "style", "--data", data.toString(), "--repository", repository, "--json");
        int exit = ChildMain.start(out, err, line).waitFor();
        assertThat(exit).as(Files.readString(err)).isZero();
        return new JsonMapper().readTree(out.toFile()).path("metrics");
    }

    @Test
    void settingsThatDoNotFitThePicturesAreRefusedBeforeTheFirstStep() {
        assertThat(train("--set", "data.paintings=level,moonlit").err()).contains("moonlit", "level, steep, upright");
        assertThat(train("--set", "data.side=72").err()).contains("data.side", "multiple of 16");
        assertThat(train("--set", "data.side=96").err()).contains("data.side", "80 pixels");
        assertThat(train("--set", "data.heldOut=4").err()).contains("data.heldOut", "between 0 and 3");
        assertThat(train("--set", "architecture.stylizer=[4,6]").err()).contains("architecture.stylizer", "three");
    }
}
