package io.atelier.bench.image;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.Picture;
import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.bench.ClosedLoop;
import io.atelier.inference.raw.RawLoop;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.Seeds;
import io.atelier.models.ModelPackage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Makes pictures as the service does, without the service. */
final class RawCalls implements ClosedLoop.Call, AutoCloseable {
    private static final byte[] RESULT = new byte[600]; // about what a result of one picture takes

    private final ModelPackage model;
    private final RawLoop loop;
    private final DirectoryStore store;
    private final AtomicLong seeds = new AtomicLong();
    private final Queue<Double> writes = new ConcurrentLinkedQueue<>();
    private final PictureTensor tensor =
            PictureTensor.of(Network.SIDE, Network.SIDE, "rgb", "NCHW", "-1..1", List.of(), List.of());

    RawCalls(ModelPackage model, Path store, int threads) {
        this.model = model;
        this.loop = RawLoop.open(model.file("generator.onnx"), threads);
        this.store = DirectoryStore.open(StoreSettings.of(store), InstantSource.system());
    }

    @Override
    public void run() {
        long seed = seeds.incrementAndGet();
        float[] latent = Seeds.gaussians(Seeds.derive(seed, 0), Network.LATENT);
        Picture picture = tensor.toPicture(loop.run(latent, 0), 0);
        var artifact = Pictures.artifact(picture, PictureFormat.PNG, provenance(seed));
        long begun = System.nanoTime();
        ArtifactInfo stored = store.artifacts().put(artifact);
        store.outcomes().putIfAbsent(outcome(stored.id()));
        writes.add((System.nanoTime() - begun) / 1e6);
    }

    /** How long each durable write since the last call of this took, in milliseconds. */
    double[] takeWrites() {
        double[] millis = writes.stream().mapToDouble(Double::doubleValue).toArray();
        writes.clear();
        return millis;
    }

    @Override
    public void close() {
        loop.close();
        store.close();
    }

    private Provenance provenance(long seed) {
        TreeMap<String, String> parameters = new TreeMap<>(Map.of("format", "png", "index", "0", "size", "32"));
        parameters.put("label", BenchModel.LABEL);
        return new Provenance(BenchModel.NAME, model.manifest().digest(), seed, parameters, "raw");
    }

    private static StoredOutcome outcome(Digest artifact) {
        String id = UUID.randomUUID().toString();
        return new StoredOutcome(
                RequestKey.of("image", RequestKey.Entrance.GRPC, "anonymous", id),
                StoredOutcome.Kind.COMPLETED,
                id,
                "anonymous",
                Optional.of(Digest.of(RESULT)),
                Map.of("id", id, "type", "io.atelier.image.completed.v1", "source", "/atelier/image"),
                RESULT,
                List.of(artifact),
                InstantSource.system().instant());
    }
}
