package io.atelier.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ProblemException;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.ops.ParamStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingLoopTest {
    private static final Engine ENGINE = TestEngines.cpu();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** What a training leaves: its metrics and its networks' values. */
    private record Trace(TrainingLoop.End end, List<String> metrics, Map<String, List<Float>> values) {}

    static Stream<LongFunction<Learner>> learners() {
        return Stream.of(
                seed -> TinyLearning.classifier(ENGINE, seed),
                seed -> TinyLearning.gan(ENGINE, seed),
                seed -> TinyLearning.flow(ENGINE, seed, 0.1));
    }

    @ParameterizedTest
    @MethodSource("learners")
    void resumedTrainingRepeatsTheUninterruptedOneBitByBit(LongFunction<Learner> learner) throws IOException {
        Trace whole = train("whole", learner.apply(1), new StopSignal());
        StopSignal stop = new StopSignal();
        Trace part = train("parts", stopping(learner.apply(1), stop, 13), stop);
        assertThat(part.end()).isEqualTo(TrainingLoop.End.INTERRUPTED);
        assertThat(part.metrics()).hasSizeLessThan(whole.metrics().size());
        Trace resumed = train("parts", learner.apply(1), new StopSignal());
        assertThat(resumed.end()).isEqualTo(TrainingLoop.End.FINISHED);
        assertThat(resumed.metrics()).isEqualTo(whole.metrics());
        assertThat(resumed.values()).isEqualTo(whole.values());
    }

    @ParameterizedTest
    @MethodSource("learners")
    void crashBetweenCheckpointsRepeatsFromTheLastOne(LongFunction<Learner> learner) throws IOException {
        Trace whole = train("whole", learner.apply(1), new StopSignal());
        assertThatThrownBy(() -> train("crashed", crashing(learner.apply(1), 13), new StopSignal()))
                .hasMessage("power cut");
        assertThat(train("crashed", learner.apply(1), new StopSignal())).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("learners")
    void sameSeedTrainsTheSameAndAnotherSeedDoesNot(LongFunction<Learner> learner) throws IOException {
        Trace one = train("one", learner.apply(1), new StopSignal());
        assertThat(train("two", learner.apply(1), new StopSignal())).isEqualTo(one);
        assertThat(train("three", learner.apply(2), new StopSignal()).values()).isNotEqualTo(one.values());
    }

    @Test
    void damagedCheckpointGivesWayToItsPredecessor() throws IOException {
        Trace whole = train("run", TinyLearning.classifier(ENGINE, 1), new StopSignal());
        Path newest = folder.resolve("run/checkpoints/step-000000020/classifier.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 1] ^= 1;
        Files.write(newest, bytes);
        assertThat(train("run", TinyLearning.classifier(ENGINE, 1), new StopSignal()))
                .isEqualTo(whole);
    }

    @Test
    void trainingWithoutAnUndamagedCheckpointIsRefused() throws IOException {
        train("run", TinyLearning.classifier(ENGINE, 1), new StopSignal());
        try (var checkpoints = Files.list(folder.resolve("run/checkpoints"))) {
            for (Path checkpoint : checkpoints.toList()) {
                Files.delete(checkpoint.resolve("classifier.optimiser"));
            }
        }
        assertThatThrownBy(() -> train("run", TinyLearning.classifier(ENGINE, 1), new StopSignal()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("delete the run folder");
    }

    @Test
    void trainingStopsEarlyWhenValidationGetsNoBetter() {
        LoopOptions options = new LoopOptions(40, 5, 1, 0, 0, 2, "never_measured", 3);
        try (RunFolder run = RunFolder.open(folder, TinyLearning.silent());
                Learner learner = TinyLearning.classifier(ENGINE, 1)) {
            TrainingLoop loop = new TrainingLoop(ENGINE, options, run, TinyLearning.silent(), new StopSignal());
            assertThat(loop.run(learner)).isEqualTo(TrainingLoop.End.STOPPED_EARLY);
            assertThat(folder.resolve("checkpoints/step-000000006")).exists();
        }
    }

    @Test
    void pointTellsBothRatesAndTheSampleOfItsStep() {
        List<TrainingEvent> told = new ArrayList<>();
        LoopOptions options = new LoopOptions(4, 5, 2, 0, 3, 0, "none", 0);
        try (RunFolder run = RunFolder.open(folder, told::add);
                Learner learner = TinyLearning.gan(ENGINE, 1)) {
            new TrainingLoop(ENGINE, options, run, told::add, new StopSignal()).run(learner);
        }
        List<TrainingEvent.Point> points = told.stream()
                .filter(TrainingEvent.Point.class::isInstance)
                .map(TrainingEvent.Point.class::cast)
                .toList();
        assertThat(points).extracting(TrainingEvent.Point::step).containsExactly(2L, 3L, 4L);
        assertThat(points.get(0).metrics().keySet())
                .containsExactly("d", "g", "learning_rate", "discriminator_learning_rate");
        assertThat(points.get(0).sample()).isEmpty();
        assertThat(points.get(1).sample())
                .hasValueSatisfying(png -> assertThat(png).isNotEmptyFile());
    }

    @Test
    void lossThatIsNoNumberEndsTheTraining() {
        try (RunFolder run = RunFolder.open(folder, TinyLearning.silent());
                Learner learner = new Changed(TinyLearning.classifier(ENGINE, 1)) {
                    @Override
                    public Map<String, Double> step(long step, long seed) {
                        return Map.of("loss", step == 3 ? Double.NaN : 1.0);
                    }
                }) {
            TrainingLoop loop =
                    new TrainingLoop(ENGINE, TinyLearning.rhythm(10), run, TinyLearning.silent(), new StopSignal());
            assertThatThrownBy(() -> loop.run(learner))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("step 4");
        }
    }

    @Test
    void runFolderIsHeldByOneTrainingAtATime() {
        try (RunFolder first = RunFolder.open(folder, TinyLearning.silent())) {
            assertThat(first.begun()).isFalse();
            assertThatThrownBy(() -> RunFolder.open(folder, TinyLearning.silent()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Another process");
        }
        RunFolder.open(folder, TinyLearning.silent()).close();
    }

    private Trace train(String name, Learner learner, StopSignal stop) throws IOException {
        Path at = folder.resolve(name);
        try (learner;
                RunFolder run = RunFolder.open(at, TinyLearning.silent())) {
            TrainingLoop loop = new TrainingLoop(ENGINE, TinyLearning.rhythm(20), run, TinyLearning.silent(), stop);
            TrainingLoop.End end = loop.run(learner);
            Map<String, List<Float>> values = new TreeMap<>();
            learner.networks().forEach((network, store) -> values(network, store, values));
            return new Trace(end, Files.readAllLines(at.resolve("metrics.jsonl")), values);
        }
    }

    private static void values(String network, ParamStore store, Map<String, List<Float>> into) {
        store.all().forEach(param -> {
            List<Float> boxed = new java.util.ArrayList<>();
            for (float value : param.floats()) {
                boxed.add(value);
            }
            into.put(network + "." + param.name(), boxed);
        });
    }

    private static Learner stopping(Learner learner, StopSignal stop, long at) {
        return new Changed(learner) {
            @Override
            public Map<String, Double> step(long step, long seed) {
                if (step == at) {
                    stop.request();
                }
                return super.step(step, seed);
            }
        };
    }

    private static Learner crashing(Learner learner, long at) {
        return new Changed(learner) {
            @Override
            public Map<String, Double> step(long step, long seed) {
                if (step == at) {
                    throw new IllegalStateException("power cut");
                }
                return super.step(step, seed);
            }
        };
    }
}
