package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe flow-tiles from end to end, on a few tiles. */
class FlowTilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeEach
    void makeTiles() throws Exception {
        data = TileFiles.write(folder.resolve("tiles"), 12);
    }

    private RanRecipe train(String... more) {
        return RanRecipe.train(
                "flow-tiles",
                data,
                folder,
                List.of(
                        "architecture.widths=[8,16]",
                        "architecture.embedding=8",
                        "schedule.steps=6",
                        "schedule.batch=4",
                        "schedule.sampleEvery=3",
                        "evaluation.judgeSteps=10",
                        "export.steps=2",
                        "gate.diversity_ratio=0.0"),
                more);
    }

    @Test
    void trainedFlowIsPublishedAndItsGraphMakesTheSameTiles() throws Exception {
        RanRecipe trained = train();
        assertThat(trained.exit()).as(trained.err()).isZero();
        JsonNode metrics = new JsonMapper().readTree(trained.out()).path("metrics");
        for (String name : List.of("recognised", "diversity_ratio", "nearest_share", "soft_alpha", "frechet")) {
            assertThat(metrics.has(name)).as(name).isTrue();
        }
        assertThat(metrics.has("real_recognised")).isTrue();
        for (String sheet : List.of("samples/step-000000003.png", "sheet.png", "nearest.png")) {
            assertThat(folder.resolve("run").resolve(sheet)).isNotEmptyFile();
        }

        DirectoryModelRepository models =
                new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
        ModelPackage published = models.open(ModelRef.parse("flow-tiles"));
        models.verify(published);
        ModelManifest manifest = published.manifest();
        assertThat(manifest.task()).isEqualTo(ModelTask.IMAGE_FLOW);
        assertThat(manifest.defaults())
                .containsOnlyKeys("sampler", "steps", "guidance", "guidance_from", "guidance_to", "spread")
                .containsEntry("sampler", "heun")
                .containsEntry("guidance", 2.0)
                .containsEntry("guidance_from", 0.3)
                .containsEntry("spread", 1.2)
                .hasEntrySatisfying("steps", steps -> assertThat(steps).hasToString("2"));
        assertThat(manifest.limits()).containsOnlyKeys("batch", "steps");
        assertThat(manifest.labels()).hasSize(8).contains("weapon");
        assertThat(Files.readString(published.file("README.md")))
                .contains("samples.png", "velocity.onnx", "CC0-1.0", "recognised", "guidance");

        JsonNode measured = evaluatedInAnotherProcess();
        for (String name : List.of("nearest_median", "diversity", "soft_alpha")) {
            assertThat(measured.path(name).asDouble())
                    .as(name)
                    .isCloseTo(metrics.path(name).asDouble(), within(1e-4));
        }
    }

    /** A process of its own, since ONNX Runtime's threads can be chosen once a process and other tests choose them too. */
    private JsonNode evaluatedInAnotherProcess() throws Exception {
        Path out = folder.resolve("eval.json");
        Path err = folder.resolve("eval.log");
        String repository = folder.resolve("models").toString();
        List<String> line =
                List.of("eval", "flow-tiles", "--data", data.toString(), "--repository", repository, "--json");
        int exit = ChildMain.start(out, err, line).waitFor();
        assertThat(exit).as(Files.readString(err)).isZero();
        return new JsonMapper().readTree(out.toFile()).path("metrics");
    }

    @Test
    void widthsAndHeadsThatDoNotFitAreRefusedBeforeTheFirstStep() {
        assertThat(train("--set", "architecture.widths=[8,12]").err())
                .contains("architecture.widths", "12")
                .contains("multiple of 8");
        assertThat(train("--set", "architecture.heads=3").err()).contains("architecture.heads", "does not divide");
        assertThat(train("--set", "architecture.widths=[8,8,8,8,8,8]").err()).contains("architecture.widths", "32");
        assertThat(train("--set", "export.sampler=leap").err()).contains("export.sampler", "euler", "heun");
    }
}
