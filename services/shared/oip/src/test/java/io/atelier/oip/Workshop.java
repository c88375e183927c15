package io.atelier.oip;

import static org.awaitility.Awaitility.await;

import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.metrics.RequestMeters;
import io.atelier.inference.InferenceSettings;
import io.atelier.inference.ModelHandle;
import io.atelier.inference.OnnxModelServer;
import io.atelier.inference.Rows;
import io.atelier.inference.RunRequest;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kit.models.TinyClassifier;
import io.atelier.kit.models.TinyFlow;
import io.atelier.kit.models.TinyGenerator;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Tiny models behind the protocol, one run at a time: {@code tiny} makes pictures, {@code slow} too but takes its time,
 * {@code wide} makes
 * larger ones, {@code judge} classifies, {@code flow} tells velocities, and {@code both} has the graphs of the first and the third.
 */
public final class Workshop implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    public static final OipLimits LIMITS =
            new OipLimits(16, 1 << 16, 1 << 15, Duration.ofSeconds(5), Duration.ofSeconds(60));

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final Calls calls = new Calls(8, Duration.ofMillis(100));
    public final OnnxModelServer server;
    public final OpenInference inference;
    private final DirectoryModelRepository repository;
    private final Path drafts;

    public Workshop(Path folder) {
        InstantSource clock = InstantSource.system();
        repository = new DirectoryModelRepository(folder.resolve("models"), clock);
        drafts = folder.resolve("drafts");
        TinyGenerator.named("tiny").publish(repository, drafts);
        TinyGenerator.named("slow").batch(1).slow(400).publish(repository, drafts);
        TinyGenerator.named("wide").pictures(3, 32).publish(repository, drafts);
        TinyClassifier.named("judge").publish(repository, drafts);
        TinyFlow.named("flow").publish(repository, drafts);
        publishBoth();
        InferenceStatistics statistics = new InferenceStatistics(clock);
        server = OnnxModelServer.start(
                repository,
                Set.of(ModelTask.IMAGE_CLASS_CONDITIONAL, ModelTask.IMAGE_CLASSIFY, ModelTask.IMAGE_FLOW),
                new InferenceSettings(
                        "cpu",
                        2,
                        1,
                        64,
                        Duration.ofSeconds(10),
                        Duration.ofMillis(50),
                        2,
                        64 << 20,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        InferenceSettings.defaults().memory()),
                statistics,
                clock);
        inference = OpenInference.of("image", server, repository, statistics, new RequestMeters(meters), LIMITS, clock);
        await().atMost(PATIENCE).until(server::ready);
    }

    private void publishBoth() {
        ModelDraft generator = TinyGenerator.named("both").draft(drafts.resolve("both"));
        ModelDraft classifier = TinyClassifier.named("both").draft(drafts.resolve("both-too"));
        Map<String, Path> files = new HashMap<>(generator.files());
        files.putAll(classifier.files());
        List<GraphSpec> graphs = new ArrayList<>(generator.graphs());
        graphs.addAll(classifier.graphs());
        repository.publish(
                new ModelDraft(
                        new ModelName("both"),
                        ModelTask.IMAGE_CLASSIFY,
                        files,
                        graphs,
                        classifier.labels(),
                        Map.of(),
                        classifier.limits(),
                        classifier.training(),
                        classifier.license()),
                true);
    }

    /** Another version of tiny, which draws other pictures; awaits that it serves. */
    public void publishTinyAgain() {
        TinyGenerator.named("tiny").variant(1).publish(repository, drafts);
        await().atMost(PATIENCE).until(() -> servingTiny() == 2);
    }

    private long servingTiny() {
        try (ModelHandle handle = server.acquire(ModelRef.parse("tiny"))) {
            return handle.manifest().version();
        }
    }

    /** The service's own way to a model. */
    public CompletableFuture<Map<String, Rows>> own(String model, String graph, Map<String, Rows> inputs) {
        return CompletableFuture.supplyAsync(() -> {
            try (ModelHandle handle = server.acquire(ModelRef.parse(model))) {
                return handle.run(new RunRequest(
                        graph,
                        inputs,
                        "own",
                        RunRequest.Priority.INTERACTIVE,
                        Deadline.NEVER,
                        new Cancellation(),
                        done -> {}));
            }
        });
    }

    /** The inputs of a generator for some rows. */
    public static Map<String, Rows> latents(long first, int count) {
        float[] latent = new float[count * TinyGenerator.LATENT];
        long[] label = new long[count];
        for (int i = 0; i < latent.length; i++) {
            latent[i] = (float) Math.sin(first * 31 + i);
        }
        for (int row = 0; row < count; row++) {
            label[row] = (first + row) % 3;
        }
        return Map.of(
                "latent", new Rows.Floats(count, new long[] {TinyGenerator.LATENT}, latent),
                "label", new Rows.Longs(count, new long[0], label));
    }

    public static float[] floats(Map<String, Rows> rows, String name) {
        return rows.get(name) instanceof Rows.Floats floats ? floats.values() : new float[0];
    }

    public static long[] longs(Map<String, Rows> rows, String name) {
        return rows.get(name) instanceof Rows.Longs longs ? longs.values() : new long[0];
    }

    /** How often requests by an entrance have ended so. */
    public double outcomes(String entrance, String model, String outcome) {
        var counter = meters.find("atelier.outcomes")
                .tags("entrance", entrance, "model", model, "outcome", outcome, "kind", "image")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() {
        server.close();
    }
}
