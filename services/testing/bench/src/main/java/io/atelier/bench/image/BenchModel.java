package io.atelier.bench.image;

import io.atelier.inference.raw.RawLoop;
import io.atelier.kernel.Seeds;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes a network whose run takes 20 to 40 ms on this machine, aiming at 30. */
final class BenchModel {
    static final String NAME = "bench";
    static final String LABEL = "a";

    private static final double AIM_MILLIS = 30;
    private static final int TRIAL_LAYERS = 8;
    private static final int TRIAL_RUNS = 25;
    private static final int MAX_LAYERS = 400;
    private static final long BATCH = 4;

    private BenchModel() {}

    static ModelPackage publish(Path folder, Path repository, int threads) throws IOException {
        double trial = quiet(write(folder.resolve("trial.onnx"), new Network(TRIAL_LAYERS)), threads);
        int layers = (int) Math.clamp(Math.round(TRIAL_LAYERS * AIM_MILLIS / trial), 1, MAX_LAYERS);
        Path graph = write(folder.resolve("generator.onnx"), new Network(layers));
        Path card = Files.writeString(folder.resolve("README.md"), "Random weights, for measuring.\n");
        return new DirectoryModelRepository(repository, InstantSource.system())
                .publish(
                        new ModelDraft(
                                new ModelName(NAME),
                                ModelTask.IMAGE_CLASS_CONDITIONAL,
                                Map.of("generator.onnx", graph, "README.md", card),
                                List.of(spec()),
                                List.of(LABEL, "b", "c", "d"),
                                Map.of(),
                                Map.of("batch", BATCH),
                                Optional.empty(),
                                Optional.of("CC0-1.0")),
                        true);
    }

    private static GraphSpec spec() {
        long side = Network.SIDE;
        return new GraphSpec(
                "generator",
                "generator.onnx",
                List.of(
                        TensorSpec.of("latent", "latent", "float32", -1L, (long) Network.LATENT),
                        TensorSpec.of("label", "label", "int64", -1L)),
                List.of(TensorSpec.of("image", "image", "float32", -1L, 3L, side, side)
                        .picture("NCHW", "-1..1", "rgb")));
    }

    private static Path write(Path file, Network network) throws IOException {
        return Files.write(file, network.model());
    }

    /** The time of a run that little else disturbs: other work on the machine can only add, so the faster quarter tells. */
    private static double quiet(Path graph, int threads) {
        double[] millis = new double[TRIAL_RUNS];
        float[] latent = Seeds.gaussians(1, Network.LATENT);
        try (RawLoop loop = RawLoop.open(graph, threads)) {
            for (int i = 0; i < TRIAL_RUNS; i++) {
                long begun = System.nanoTime();
                loop.run(latent, 0);
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[TRIAL_RUNS / 4];
    }
}
