package io.atelier.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.inference.flow.FlowDefaults;
import io.atelier.inference.flow.VelocityNet;
import io.atelier.inference.raw.RawGraph;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.exported.VelocityGraph;
import io.atelier.learn.train.FlowLearner;
import io.atelier.learn.train.Progress;
import io.atelier.learn.train.RunFolder;
import io.atelier.learn.train.StopSignal;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowWorkTest {
    private static final Engine ENGINE = TestEngines.cpu();
    private static final Map<String, String> SMALL = Map.of(
            "architecture.widths", "[8,16]",
            "architecture.embedding", "8",
            "schedule.batch", "4",
            "schedule.warmup", "0",
            "export.steps", "1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Corpus corpus;

    private final StopSignal stop = new StopSignal();

    @BeforeEach
    void makeTiles() throws IOException {
        corpus = new PictureFlow("flow-tiles", PictureSet.TILES).corpus(TileFiles.write(folder.resolve("tiles"), 12));
    }

    private void withWork(String run, long seed, Consumer<Work> test) {
        Recipe<Corpus> recipe = new PictureFlow("flow-tiles", PictureSet.TILES);
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, "test");
        try (RunFolder open = RunFolder.open(folder.resolve(run), silent);
                Work work = recipe.open(
                        new WorkContext(ENGINE, recipe.defaults().with(SMALL), seed, open, stop, Optional.empty()),
                        corpus)) {
            test.accept(work);
        }
    }

    private static float[] velocities(VelocityNet net, Corpus corpus) {
        float[] rows = corpus.train().first(3).pixels();
        return net.at(rows, new float[] {0.1f, 0.5f, 0.9f}, new long[] {
            2, corpus.train().classes(), 0
        });
    }

    private static float[] velocities(Work work, Corpus corpus) {
        return velocities(((FlowLearner) work.learner()).velocity(), corpus);
    }

    @Test
    void anotherTrainingStartsFromThePackageAndItsGraphTellsTheSame() {
        DirectoryModelRepository models =
                new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
        float[][] told = new float[1][];
        withWork("first", 1, work -> {
            for (int step = 0; step < 30; step++) {
                try (PointerScope scope = new PointerScope()) {
                    work.learner().step(step, step);
                }
            }
            told[0] = velocities(work, corpus);
            models.publish(work.export(freshFolder(), Map.of()), true);
        });
        ModelPackage found = models.open(ModelRef.parse("flow-tiles"));
        withWork("second", 2, work -> {
            work.weights().start(found);
            assertThat(velocities(work, corpus)).isEqualTo(told[0]);
        });
        float largest = 0;
        for (float value : told[0]) {
            largest = Math.max(largest, Math.abs(value));
        }
        try (RawGraph graph = RawGraph.open(found.file("velocity.onnx"), 1)) {
            assertThat(velocities(VelocityGraph.net(new long[] {4, 32, 32}, graph::run), corpus))
                    .usingComparatorWithPrecision(1e-4f * largest)
                    .containsExactly(told[0]);
        }
    }

    private Path freshFolder() {
        try {
            return Files.createDirectories(folder.resolve("package"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void evaluationThatIsToStopMakesNoMoreTiles() {
        withWork("run", 1, work -> {
            stop.request();
            assertThatThrownBy(work::evaluate).isInstanceOf(StoppedException.class);
        });
    }

    @Test
    void packageThatDoesNotSayHowItsPicturesAreMadeIsRefused() {
        ModelManifest silent = new ModelManifest(
                ModelManifest.SCHEMA,
                new ModelName("quiet"),
                3,
                "image",
                ModelTask.IMAGE_FLOW,
                Digest.of(new byte[0]),
                List.of(),
                List.of(),
                List.of(),
                Map.of("steps", 4, "guidance", 1.5),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> FlowDefaults.of(silent))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.BROKEN_PACKAGE))
                .hasMessageContaining("quiet@3");
    }
}
