package io.atelier.kit.models;

import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A flow: velocity = {@link #PULL} x + {@link #DRIFT} time + the label's pattern, which is 0 of any class. Inputs {@code
 * x} (batch, channels, side, side), {@code time} (batch) and the label's index (batch, int64; the number of labels for any
 * class), output {@code velocity} like x. Rows do not touch each other. Its defaults are {@link #STEPS} steps of Euler's
 * method with guidance {@link #GUIDANCE}.
 *
 * @param name the model's name
 * @param channels 1 grey, 3 RGB, 4 premultiplied RGBA
 * @param side height and width in pixels
 * @param labels the labels
 * @param batch the manifest's limit of rows in a run
 * @param limits the manifest's other limits
 * @param millis how long each run takes beside its work
 */
public record TinyFlow(
        String name, int channels, int side, List<String> labels, long batch, Map<String, Long> limits, long millis) {
    /** How much of a value its velocity is. */
    public static final float PULL = -0.75f;

    /** How much the velocity of every value grows from time 0 to time 1. */
    public static final float DRIFT = 0.5f;

    /** Steps where a request says nothing. */
    public static final int STEPS = 4;

    /** Guidance where a request says nothing. */
    public static final double GUIDANCE = 1.5;

    public TinyFlow {
        labels = List.copyOf(labels);
        limits = Map.copyOf(limits);
    }

    /** Grey 8x8 pictures of {@code circle}, {@code square} and {@code star}, 64 rows in a run, any steps. */
    public static TinyFlow named(String name) {
        return new TinyFlow(name, 1, 8, List.of("circle", "square", "star"), 64, Map.of(), 0);
    }

    public TinyFlow pictures(int otherChannels, int otherSide) {
        return new TinyFlow(name, otherChannels, otherSide, labels, batch, limits, millis);
    }

    public TinyFlow batch(long other) {
        return new TinyFlow(name, channels, side, labels, other, limits, millis);
    }

    /** States the most steps a request may ask for. */
    public TinyFlow mostSteps(long most) {
        return new TinyFlow(name, channels, side, labels, batch, Map.of("steps", most), millis);
    }

    /** Makes every run take about this long, whatever its batch; measure where it matters. A run can be terminated. */
    public TinyFlow slow(long otherMillis) {
        return new TinyFlow(name, channels, side, labels, batch, limits, otherMillis);
    }

    /** What the graph computes: velocities (n, picture) of rows (n, picture) at times (n) with labels (n). */
    public float[] velocities(float[] rows, float[] times, long[] which) {
        float[] table = table();
        int size = new TinyPicture(channels, side).size();
        float[] velocities = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            float moving = rows[i] * PULL + times[i / size] * DRIFT;
            velocities[i] = moving + table[(int) which[i / size] * size + i % size];
        }
        return velocities;
    }

    /** The package as a draft; its files are written into the folder. */
    public ModelDraft draft(Path folder) {
        Map<String, Path> files = TinyFiles.write(folder, name, "velocity.onnx", graph());
        Map<String, Long> all = new TreeMap<>(limits);
        all.put("batch", batch);
        return new ModelDraft(
                new ModelName(name),
                ModelTask.IMAGE_FLOW,
                files,
                List.of(new GraphSpec(
                        "velocity", "velocity.onnx", List.of(x(), time(), label()), List.of(picture("velocity")))),
                labels,
                Map.of("steps", (long) STEPS, "guidance", GUIDANCE, "sampler", "euler"),
                all,
                Optional.empty(),
                Optional.of("CC0-1.0"));
    }

    /** Publishes and promotes it; the folder takes its files meanwhile. */
    public ModelPackage publish(ModelRepository repository, Path folder) {
        return repository.publish(draft(folder), true);
    }

    private byte[] graph() {
        int size = new TinyPicture(channels, side).size();
        TinyGraph graph = new TinyGraph("velocity")
                .input(x())
                .input(time())
                .input(label())
                .output(picture("velocity"))
                .floats("table", table(), labels.size() + 1, size)
                .floats("pull", new float[] {PULL})
                .floats("drift", new float[] {DRIFT})
                .longs("rows", new long[] {-1, size}, 2)
                .longs("column", new long[] {-1, 1}, 2)
                .longs("shape", new long[] {-1, channels, side, side}, 4)
                .node("Reshape", "flat", "x", "rows")
                .node("Mul", "pulled", "flat", "pull")
                .node("Reshape", "hour", "time", "column")
                .node("Mul", "drifted", "hour", "drift")
                .node("Add", "moving", "pulled", "drifted")
                .node("Gather", "pattern", "table", "label")
                .node("Add", "sum", "moving", "pattern");
        if (millis > 0) {
            TinyDelay.add(graph, millis, "x", "sum", "late");
        }
        return graph.node("Reshape", "velocity", millis > 0 ? "late" : "sum", "shape")
                .model();
    }

    /** (labels and any class, picture): where each label draws to. */
    private float[] table() {
        float[] patterns = new TinyPicture(channels, side).patterns(labels.size());
        return Arrays.copyOf(patterns, patterns.length / labels.size() * (labels.size() + 1));
    }

    private TensorSpec x() {
        return TensorSpec.of("x", "image", "float32", -1L, (long) channels, (long) side, (long) side)
                .picture("NCHW", "-1..1", new TinyPicture(channels, side).channelNames());
    }

    private static TensorSpec time() {
        return TensorSpec.of("time", "time", "float32", -1L);
    }

    private static TensorSpec label() {
        return TensorSpec.of("label", "label", "int64", -1L);
    }

    private TensorSpec picture(String role) {
        return TensorSpec.of(role, role, "float32", -1L, (long) channels, (long) side, (long) side);
    }
}
