package io.atelier.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.TestEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
