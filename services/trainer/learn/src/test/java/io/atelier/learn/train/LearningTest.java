package io.atelier.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Guidance;
import io.atelier.inference.flow.Solver;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.ops.ParamStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningTest {
    private static final Engine ENGINE = TestEngines.cpu();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void classifierLearnsWhatCanBeLearnt() {
        try (ClassifierLearner learner = TinyLearning.classifier(ENGINE, 1)) {
            steps(learner, 0, 40);
            assertThat(learner.accuracy(TinyLearning.pictures(64))).isGreaterThan(0.95);
        }
    }

    @Test
    void generatorLearnsItsLabels() {
        try (GanLearner gan = TinyLearning.gan(ENGINE, 1);
                ClassifierLearner judge = TinyLearning.classifier(ENGINE, 1)) {
            steps(judge, 0, 40);
            steps(gan, 0, 300);
            int[] labels = new int[100];
            java.util.Arrays.setAll(labels, i -> i % 2);
            assertThat(judge.accuracy(gan.make(labels, 3))).isGreaterThan(0.9);
        }
    }

    @Test
    void flowLearnsItsLabels() throws IOException {
        try (FlowLearner flow = TinyLearning.flow(ENGINE, 1, 0.1);
                ClassifierLearner judge = TinyLearning.classifier(ENGINE, 1)) {
            steps(judge, 0, 40);
            steps(flow, 0, 300);
            int[] labels = new int[100];
            Arrays.setAll(labels, i -> i % 2);
            FlowSampler sampler = new FlowSampler(Solver.HEUN, 4, Guidance.always(1.5), 1);
            FlowPictures maker = new FlowPictures(flow.velocity(), sampler, TinyLearning.pictures(64));
            assertThat(judge.accuracy(maker.make(labels, 3))).isGreaterThan(0.9);
            flow.sample(folder.resolve("flow.png"));
            assertThat(ImageIO.read(folder.resolve("flow.png").toFile())).isNotNull();
        }
    }

    @Test
    void hiddenLabelsTeachTheLabelOfAnyClassAlone() {
        assertThat(taughtLabels(0)).containsExactly(true, true, false);
        assertThat(taughtLabels(0.5)).containsExactly(true, true, true);
        assertThat(taughtLabels(1)).containsExactly(false, false, true);
    }

    /** Which rows of the labels' table a few steps change: above, below, any. */
    private static List<Boolean> taughtLabels(double labelDrop) {
        try (FlowLearner flow = TinyLearning.flow(ENGINE, 1, labelDrop)) {
            ParamStore store = Objects.requireNonNull(flow.networks().get("velocity"));
            float[] before = store.get("classes").floats();
            steps(flow, 0, 6);
            float[] after = store.get("classes").floats();
            int width = before.length / 3;
            return IntStream.range(0, 3)
                    .mapToObj(row -> !Arrays.equals(
                            before, row * width, (row + 1) * width, after, row * width, (row + 1) * width))
                    .toList();
        }
    }

    @Test
    void sampleSheetIsAPictureAndTheSameEachTime() throws IOException {
        try (GanLearner gan = TinyLearning.gan(ENGINE, 1)) {
            gan.sample(folder.resolve("a.png"));
            gan.sample(folder.resolve("b.png"));
            assertThat(ImageIO.read(folder.resolve("a.png").toFile())).isNotNull();
            assertThat(folder.resolve("a.png")).hasSameBinaryContentAs(folder.resolve("b.png"));
        }
    }

    /** Flat: at most 10 % or 32 MB above the value after the first tenth. */
    @Test
    void memoryStaysFlatOverTwoThousandSteps() throws IOException {
        try (GanLearner gan = TinyLearning.gan(ENGINE, 1)) {
            steps(gan, 0, 200);
            long resident = residentKilobytes();
            long owned = Pointer.totalBytes();
            steps(gan, 200, 2000);
            assertThat(residentKilobytes())
                    .isLessThanOrEqualTo(Math.max(resident + resident / 10, resident + 32 * 1024));
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(owned + (1 << 20));
        }
    }

    private static void steps(Learner learner, long from, long to) {
        for (long step = from; step < to; step++) {
            ENGINE.seed(step);
            try (PointerScope scope = new PointerScope()) {
                learner.step(step, step);
            }
        }
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
