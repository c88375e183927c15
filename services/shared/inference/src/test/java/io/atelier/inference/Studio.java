package io.atelier.inference;

import static org.awaitility.Awaitility.await;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A repository in a folder, a server on it, and virtual threads that ask. */
final class Studio implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final InferenceSettings SETTINGS = new InferenceSettings(
            "cpu",
            2,
            1,
            64,
            Duration.ofSeconds(10),
            Duration.ofMillis(20),
            1,
            64 << 20,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            new InferenceSettings.Memory(256 << 20, 64 << 20));

    final DirectoryModelRepository repository;
    private final Path folder;
    private final List<OnnxModelServer> servers = new ArrayList<>();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    Studio(Path folder) {
        this.folder = folder;
        this.repository = new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
    }

    OnnxModelServer serve(InferenceSettings settings, InferenceListener listener) {
        OnnxModelServer server = OnnxModelServer.start(
                repository, Set.of(ModelTask.IMAGE_CLASSIFY), settings, listener, InstantSource.system());
        servers.add(server);
        await().atMost(PATIENCE).until(server::ready);
        return server;
    }

    OnnxModelServer serve() {
        return serve(SETTINGS, InferenceListener.NONE);
    }

    ModelPackage publish(String name, byte[] graph, long batch, GraphSpec spec) {
        return publish(name, graph, batch, spec, ModelTask.IMAGE_CLASSIFY);
    }

    ModelPackage publish(String name, byte[] graph, long batch, GraphSpec spec, ModelTask task) {
        try {
            Files.createDirectories(folder);
            Path file = Files.write(folder.resolve(name + ".onnx"), graph);
            Path card = Files.writeString(folder.resolve("README.md"), "# " + name + "\n");
            ModelDraft draft = new ModelDraft(
                    new ModelName(name),
                    task,
                    Map.of("model.onnx", file, "README.md", card),
                    List.of(spec),
                    List.of(),
                    Map.of(),
                    Map.of("batch", batch),
                    Optional.empty(),
                    Optional.empty());
            return repository.publish(draft, true);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    ModelPackage publishAdder(String name, float addend) {
        return publish(name, TestGraphs.adder(addend), 8, simple());
    }

    ModelPackage publishLooper(String name, long batch) {
        return publish(
                name,
                TestGraphs.looper(),
                batch,
                new GraphSpec(
                        "main",
                        "model.onnx",
                        List.of(
                                TensorSpec.of("x", "image", "float32", -1L, 4L),
                                TensorSpec.of("steps", "label", "int64", -1L)),
                        List.of(TensorSpec.of("y", "logits", "float32", -1L, 4L))));
    }

    /** x (N, 4) to y (N, 4). */
    static GraphSpec simple() {
        return new GraphSpec(
                "main",
                "model.onnx",
                List.of(TensorSpec.of("x", "image", "float32", -1L, 4L)),
                List.of(TensorSpec.of("y", "logits", "float32", -1L, 4L)));
    }

    /** Acquires, runs and gives back on a virtual thread. */
    CompletableFuture<Map<String, Rows>> ask(OnnxModelServer server, String model, RunRequest request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (ModelHandle handle = server.acquire(ModelRef.parse(model))) {
                        return handle.run(request);
                    }
                },
                clients);
    }

    static RunRequest request(Map<String, Rows> inputs) {
        return request(inputs, "client", RunRequest.Priority.INTERACTIVE, Deadline.NEVER, new Cancellation());
    }

    static RunRequest request(
            Map<String, Rows> inputs,
            String client,
            RunRequest.Priority priority,
            Deadline deadline,
            Cancellation cancellation) {
        return new RunRequest("main", inputs, client, priority, deadline, cancellation, rows -> {});
    }

    static Map<String, Rows> rows(int count, float value) {
        float[] values = new float[count * 4];
        java.util.Arrays.fill(values, value);
        return Map.of("x", new Rows.Floats(count, new long[] {4}, values));
    }

    static Map<String, Rows> loop(int count, float value, long steps) {
        long[] all = new long[count];
        java.util.Arrays.fill(all, steps);
        return Map.of("x", rows(count, value).get("x"), "steps", new Rows.Longs(count, new long[0], all));
    }

    static float first(Map<String, Rows> outputs, String name) {
        return outputs.get(name) instanceof Rows.Floats floats ? floats.values()[0] : Float.NaN;
    }

    @Override
    public void close() {
        servers.forEach(OnnxModelServer::close);
        clients.close();
    }
}
