package io.atelier.kit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.atelier.kernel.Seeds;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyModelsTest {
    private final OrtEnvironment ort = OrtEnvironment.getEnvironment();

    @TempDir
    Path folder;

    private ModelRepository repository;

    @BeforeEach
    void openRepository() {
        repository = new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
    }

    private OrtSession session(ModelPackage found, String role) throws OrtException {
        return ort.createSession(
                found.file(found.manifest().graph(role).file()).toString(), new OrtSession.SessionOptions());
    }

    private Map<String, OnnxTensor> inputs(float[] latent, long... labels) throws OrtException {
        return Map.of(
                "latent",
                OnnxTensor.createTensor(ort, FloatBuffer.wrap(latent), new long[] {labels.length, 4}),
                "label",
                OnnxTensor.createTensor(ort, LongBuffer.wrap(labels), new long[] {labels.length}));
    }

    @Test
    void classifierRecognisesWhatTheGeneratorDraws() throws OrtException {
        ModelPackage generator = TinyGenerator.named("tiny-gan").pictures(4, 16).publish(repository, folder);
        ModelPackage classifier =
                TinyClassifier.named("tiny-cnn").pictures(4, 16).publish(repository, folder);
        repository.verify(generator);
        try (OrtSession draw = session(generator, "generator");
                OrtSession judge = session(classifier, "classifier");
                OrtSession.Result drawn = draw.run(inputs(Seeds.gaussians(1, 24), 0, 1, 2, 2, 1, 0));
                OrtSession.Result judged = judge.run(Map.of("image", (OnnxTensor) drawn.get(0)))) {
            OnnxTensor image = (OnnxTensor) drawn.get(0);
            assertThat(image.getInfo().getShape()).containsExactly(6, 4, 16, 16);
            FloatBuffer pixels = image.getFloatBuffer();
            while (pixels.hasRemaining()) {
                assertThat(pixels.get()).isBetween(-1f, 1f);
            }
            float[][] probabilities =
                    (float[][]) judged.get("probabilities").orElseThrow().getValue();
            int[] wanted = {0, 1, 2, 2, 1, 0};
            for (int row = 0; row < 6; row++) {
                assertThat(probabilities[row][wanted[row]]).isGreaterThan(0.9f);
            }
        }
    }

    @Test
    void variantsAreOtherModelsAndTheSameOneIsTheSame() {
        TinyGenerator tiny = TinyGenerator.named("tiny-gan");
        ModelPackage first = tiny.publish(repository, folder);
        ModelPackage again = tiny.publish(repository, folder.resolve("again"));
        ModelPackage other = tiny.variant(1).publish(repository, folder);
        assertThat(again.manifest().digest()).isEqualTo(first.manifest().digest());
        assertThat(other.manifest().digest()).isNotEqualTo(first.manifest().digest());
    }

    @Test
    void flowMovesAsItsFormulaSays() throws OrtException {
        TinyFlow flow = TinyFlow.named("tiny-flow").pictures(4, 8);
        float[] rows = Seeds.gaussians(3, 3 * 256);
        float[] times = {0, 0.25f, 0.9f};
        long[] labels = {2, 0, 3};
        for (TinyFlow one : List.of(flow, flow.slow(2))) {
            ModelPackage published = one.publish(repository, folder);
            repository.verify(published);
            Map<String, OnnxTensor> inputs = Map.of(
                    "x", OnnxTensor.createTensor(ort, FloatBuffer.wrap(rows), new long[] {3, 4, 8, 8}),
                    "time", OnnxTensor.createTensor(ort, FloatBuffer.wrap(times), new long[] {3}),
                    "label", OnnxTensor.createTensor(ort, LongBuffer.wrap(labels), new long[] {3}));
            try (OrtSession session = session(published, "velocity");
                    OrtSession.Result result = session.run(inputs)) {
                OnnxTensor velocity = (OnnxTensor) result.get(0);
                assertThat(velocity.getInfo().getShape()).containsExactly(3, 4, 8, 8);
                assertThat(velocity.getFloatBuffer()).isEqualTo(FloatBuffer.wrap(one.velocities(rows, times, labels)));
            }
        }
    }

    @Test
    void slowGeneratorDrawsTheSameAndCanBeTerminated() throws Exception {
        ModelPackage fast = TinyGenerator.named("fast").publish(repository, folder);
        ModelPackage slow = TinyGenerator.named("slow").slow(5).publish(repository, folder);
        ModelPackage endless = TinyGenerator.named("endless").slow(3_600_000).publish(repository, folder);
        Map<String, OnnxTensor> inputs = inputs(Seeds.gaussians(1, 4), 2);
        try (OrtSession quick = session(fast, "generator");
                OrtSession late = session(slow, "generator");
                OrtSession.Result expected = quick.run(inputs);
                OrtSession.Result drawn = late.run(inputs)) {
            assertThat(((OnnxTensor) drawn.get(0)).getFloatBuffer())
                    .isEqualTo(((OnnxTensor) expected.get(0)).getFloatBuffer());
        }
        try (OrtSession session = session(endless, "generator");
                OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            CountDownLatch ended = new CountDownLatch(1);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread run = Thread.ofPlatform().start(() -> {
                try (OrtSession.Result never = session.run(inputs, session.getOutputNames(), options)) {
                    failure.set(new AssertionError("ran to its end: " + never.size()));
                } catch (OrtException e) {
                    failure.set(e);
                }
                ended.countDown();
            });
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            await().until(() -> threads.getThreadCpuTime(run.threadId()) > 200_000_000); // deep in the loop
            options.setTerminate(true);
            ended.await();
            assertThat(failure.get()).isInstanceOf(OrtException.class).hasMessageContaining("terminate");
        }
    }
}
