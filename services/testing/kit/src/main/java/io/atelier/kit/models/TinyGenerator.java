package io.atelier.kit.models;

import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A class-conditional generator: image = tanh(pattern of the label + latent x weights). Inputs {@code latent} (batch, 4)
 * and the label's index (batch, int64), output {@code image} (batch, channels, side, side) in -1..1. Rows do not touch each other.
 *
 * @param name the model's name
 * @param channels 1 grey, 3 RGB, 4 premultiplied RGBA
 * @param side height and width in pixels
 * @param labels the labels
 * @param variant another one draws other pictures and has another digest
 * @param batch the manifest's limit of rows in a run
 * @param steps matrix products each run does for nothing, about a millisecond each
 */
public record TinyGenerator(
        String name, int channels, int side, List<String> labels, int variant, long batch, long steps) {
    /** Width of the latent. */
    public static final int LATENT = 4;

    public TinyGenerator {
        labels = List.copyOf(labels);
    }

    /** Grey 8x8 pictures of {@code circle}, {@code square} and {@code star}, 64 rows in a run. */
    public static TinyGenerator named(String name) {
        return new TinyGenerator(name, 1, 8, List.of("circle", "square", "star"), 0, 64, 0);
    }

    public TinyGenerator pictures(int otherChannels, int otherSide) {
        return new TinyGenerator(name, otherChannels, otherSide, labels, variant, batch, steps);
    }

    public TinyGenerator labels(String... others) {
        return new TinyGenerator(name, channels, side, List.of(others), variant, batch, steps);
    }

    public TinyGenerator variant(int other) {
        return new TinyGenerator(name, channels, side, labels, other, batch, steps);
    }

    public TinyGenerator batch(long other) {
        return new TinyGenerator(name, channels, side, labels, variant, other, steps);
    }

    /**
     * Makes every run take about this long, whatever its batch; measure where it matters. A run can be terminated.
     */
    public TinyGenerator slow(long millis) {
        return new TinyGenerator(name, channels, side, labels, variant, batch, millis);
    }

    /** The package as a draft; its files are written into the folder. */
    public ModelDraft draft(Path folder) {
        Map<String, Path> files = TinyFiles.write(folder, name, "generator.onnx", graph());
        return new ModelDraft(
                new ModelName(name),
                ModelTask.IMAGE_CLASS_CONDITIONAL,
                files,
                List.of(new GraphSpec("generator", "generator.onnx", List.of(latent(), label()), List.of(image()))),
                labels,
                Map.of(),
                Map.of("batch", batch),
                Optional.empty(),
                Optional.of("CC0-1.0"));
    }

    /** Publishes and promotes it; the folder takes its files meanwhile. */
    public ModelPackage publish(ModelRepository repository, Path folder) {
        return repository.publish(draft(folder), true);
    }

    private byte[] graph() {
        TinyPicture picture = new TinyPicture(channels, side);
        TinyGraph graph = new TinyGraph("generator")
                .input(latent())
                .input(label())
                .output(image())
                .floats("patterns", picture.patterns(labels.size()), labels.size(), picture.size())
                .floats("weights", picture.latentWeights(LATENT, variant), LATENT, picture.size())
                .longs("shape", new long[] {-1, channels, side, side}, 4)
                .node("Gather", "pattern", "patterns", "label")
                .node("MatMul", "shift", "latent", "weights")
                .node("Add", "sum", "pattern", "shift")
                .node("Tanh", "flat", "sum");
        if (steps > 0) {
            TinyDelay.add(graph, steps, "latent", "flat", "late");
        }
        return graph.node("Reshape", "image", steps > 0 ? "late" : "flat", "shape")
                .model();
    }

    private static TensorSpec latent() {
        return TensorSpec.of("latent", "latent", "float32", -1L, (long) LATENT);
    }

    private static TensorSpec label() {
        return TensorSpec.of("label", "label", "int64", -1L);
    }

    private TensorSpec image() {
        return TensorSpec.of("image", "image", "float32", -1L, (long) channels, (long) side, (long) side)
                .picture("NCHW", "-1..1", new TinyPicture(channels, side).channelNames());
    }
}
