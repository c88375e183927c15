package io.atelier.kit.models;

import io.atelier.kernel.Seeds;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A style network in small: each pixel depends on its neighbours within {@link #REACH}, on the mean and deviation of the whole
 * picture, on the mix of styles and on noise, so that a seam, wrong moments or a misplaced part change it.
 *
 * <p>{@code out = sigmoid(gain(style) (blur - mean) / deviation + block mean + noise / 2)}, blur a mean over 7x7 with nothing
 * outside of the picture, blocks of 16x16, noise one number for 4x4 pixels. A network of {@link Form#PARTS} has two graphs,
 * as those that this project trains: {@code stylizer} mirrors the picture by its reach, cuts that off again and tells its
 * moments, {@code tile} is told them. Others have one graph of one picture, without styles and noise.
 *
 * @param name the model's name
 * @param form how it takes pictures
 * @param labels the styles; one of a network without styles
 * @param millis how long each run takes beside its work
 */
public record TinyStyle(String name, Form form, List<String> labels, long millis) {
    /** Pixels around a pixel that can change it. */
    public static final int REACH = 32;

    /** What sides and offsets are multiples of. */
    public static final int MULTIPLE = 16;

    /** Height and width of a network of one size. */
    public static final int SIDE = 96;

    private static final int BLUR = 7;
    private static final long BLUR_PAD = BLUR / 2;
    private static final int NOISE_SIDE = 4;

    /** How a network takes pictures. */
    public enum Form {
        /** Of any size, whole or in parts: (n, 3, h, w) in 0..1, with style, noise and moments. */
        PARTS,
        /** Of any size: (n, 3, h, w) in 0..1. */
        OPEN,
        /** Of one size: (n, {@link TinyStyle#SIDE}, {@link TinyStyle#SIDE}, 3) in 0..255. */
        FIXED
    }

    public TinyStyle {
        labels = List.copyOf(labels);
    }

    /** A network of parts that knows {@code dunes}, {@code harbour} and {@code storm}. */
    public static TinyStyle named(String name) {
        return new TinyStyle(name, Form.PARTS, List.of("dunes", "harbour", "storm"), 0);
    }

    public TinyStyle form(Form other) {
        return new TinyStyle(name, other, other == Form.PARTS ? labels : List.of(), millis);
    }

    public TinyStyle labels(String... others) {
        return new TinyStyle(name, form, List.of(others), millis);
    }

    /** Makes every run take about this long beside its work; measure where it matters. A run can be terminated. */
    public TinyStyle slow(long otherMillis) {
        return new TinyStyle(name, form, labels, otherMillis);
    }

    /** The package as a draft; its files are written into the folder. */
    public ModelDraft draft(Path folder) {
        Map<String, Path> files = new TreeMap<>(TinyFiles.write(folder, name, "stylizer.onnx", whole()));
        List<GraphSpec> graphs = new ArrayList<>(
                List.of(new GraphSpec("stylizer", "stylizer.onnx", inputs(false), outputs(form == Form.PARTS))));
        if (form == Form.PARTS) {
            files.putAll(TinyFiles.write(folder, name, "tile.onnx", tile()));
            graphs.add(new GraphSpec("tile", "tile.onnx", inputs(true), outputs(false)));
        }
        Map<String, Long> limits = form == Form.PARTS
                ? Map.of("batch", 1L, "multiple", (long) MULTIPLE, "reach", (long) REACH)
                : Map.of("batch", 1L);
        return new ModelDraft(
                new ModelName(name),
                ModelTask.IMAGE_STYLE,
                files,
                graphs,
                labels,
                Map.of(),
                limits,
                Optional.empty(),
                Optional.of("CC0-1.0"));
    }

    /** Publishes and promotes it; the folder takes its files meanwhile. */
    public ModelPackage publish(ModelRepository repository, Path folder) {
        return repository.publish(draft(folder), true);
    }

    private byte[] whole() {
        TinyGraph graph = new TinyGraph("stylizer");
        inputs(false).forEach(graph::input);
        outputs(form == Form.PARTS).forEach(graph::output);
        switch (form) {
            case PARTS -> {
                mirrored(graph, "image", REACH, "wide");
                mirrored(graph, "noise", REACH / NOISE_SIDE, "wide-noise");
                blurred(graph, "wide");
                ownMoments(graph);
                painted(graph, "wide", "wide-noise", true, "wide-out");
                graph.longs("starts", new long[] {REACH, REACH}, 2)
                        .longs("ends", new long[] {-REACH, -REACH}, 2)
                        .longs("sides", new long[] {2, 3}, 2)
                        .node("Slice", "cut", "wide-out", "starts", "ends", "sides");
            }
            case OPEN -> {
                blurred(graph, "image");
                ownMoments(graph);
                painted(graph, "image", "", false, "cut");
            }
            case FIXED -> {
                graph.floats("levels", new float[] {255})
                        .node("Transpose", "channels-first", Map.of("perm", List.of(0L, 3L, 1L, 2L)), "image")
                        .node("Div", "light", "channels-first", "levels");
                blurred(graph, "light");
                ownMoments(graph);
                painted(graph, "light", "", false, "out-light");
                graph.node("Mul", "out-levels", "out-light", "levels")
                        .node("Transpose", "cut", Map.of("perm", List.of(0L, 2L, 3L, 1L)), "out-levels");
            }
        }
        return finished(graph, "cut");
    }

    private byte[] tile() {
        TinyGraph graph = new TinyGraph("tile");
        inputs(true).forEach(graph::input);
        outputs(false).forEach(graph::output);
        blurred(graph, "image");
        graph.longs("column", new long[] {-1, 3, 1, 1}, 4).node("Identity", "told", "moments");
        split(graph);
        painted(graph, "image", "noise", true, "out");
        return finished(graph, "out");
    }

    private byte[] finished(TinyGraph graph, String value) {
        String last = value;
        if (millis > 0) {
            TinyDelay.add(graph, millis, "image", value, "late");
            last = "late";
        }
        return graph.node("Identity", "stylised", last).model();
    }

    private static void mirrored(TinyGraph graph, String value, long by, String wide) {
        graph.longs(wide + "-pads", new long[] {0, 0, by, by, 0, 0, by, by}, 8)
                .node("Pad", wide, Map.of("mode", "reflect"), value, wide + "-pads");
    }

    private static void blurred(TinyGraph graph, String picture) {
        float[] box = new float[3 * BLUR * BLUR];
        Arrays.fill(box, 1f / (BLUR * BLUR));
        graph.floats("box", box, 3, 1, BLUR, BLUR)
                .node(
                        "Conv",
                        "blur",
                        Map.of("group", 3L, "pads", List.of(BLUR_PAD, BLUR_PAD, BLUR_PAD, BLUR_PAD)),
                        picture,
                        "box");
    }

    /** Mean and deviation of each channel, told as {@code moments} (n, 6) where the graph has that output. */
    private void ownMoments(TinyGraph graph) {
        graph.node("ReduceMean", "mean", Map.of("axes", List.of(2L, 3L)), "blur")
                .node("Sub", "around", "blur", "mean")
                .node("Mul", "squares", "around", "around")
                .node("ReduceMean", "variance", Map.of("axes", List.of(2L, 3L)), "squares")
                .floats("little", new float[] {1e-4f})
                .node("Add", "more", "variance", "little")
                .node("Sqrt", "deviation", "more");
        if (form == Form.PARTS) {
            graph.longs("row", new long[] {-1, 6}, 2)
                    .node("Concat", "both", Map.of("axis", 1L), "mean", "deviation")
                    .node("Reshape", "moments", "both", "row");
        }
    }

    private static void split(TinyGraph graph) {
        graph.longs("from-mean", new long[] {0}, 1)
                .longs("to-mean", new long[] {3}, 1)
                .longs("to-deviation", new long[] {6}, 1)
                .longs("columns", new long[] {1}, 1)
                .node("Slice", "flat-mean", "told", "from-mean", "to-mean", "columns")
                .node("Slice", "flat-deviation", "told", "to-mean", "to-deviation", "columns")
                .node("Reshape", "mean", "flat-mean", "column")
                .node("Reshape", "deviation", "flat-deviation", "column")
                .node("Sub", "around", "blur", "mean");
    }

    private void painted(TinyGraph graph, String picture, String noise, boolean styled, String out) {
        graph.node("Div", "normal", "around", "deviation")
                .node(
                        "AveragePool",
                        "blocks",
                        Map.of("kernel_shape", List.of(16L, 16L), "strides", List.of(16L, 16L)),
                        picture)
                .floats("sixteen", new float[] {1, 1, 16, 16}, 4)
                .node("Resize", "block", nearest(), "blocks", "", "sixteen");
        if (styled) {
            graph.floats("gains", Seeds.gaussians(17, labels.size() * 3), labels.size(), 3)
                    .longs("gain-shape", new long[] {-1, 3, 1, 1}, 4)
                    .floats("four", new float[] {1, 1, NOISE_SIDE, NOISE_SIDE}, 4)
                    .floats("half", new float[] {0.5f})
                    .node("MatMul", "gain-row", "style", "gains")
                    .node("Reshape", "gain", "gain-row", "gain-shape")
                    .node("Mul", "shown", "normal", "gain")
                    .node("Resize", "noise-pixels", nearest(), noise, "", "four")
                    .node("Mul", "stir", "noise-pixels", "half")
                    .node("Add", "stirred", "shown", "stir")
                    .node("Add", "sum", "stirred", "block");
        } else {
            graph.node("Add", "sum", "normal", "block");
        }
        graph.node("Sigmoid", out, "sum");
    }

    private static Map<String, Object> nearest() {
        return Map.of("mode", "nearest", "coordinate_transformation_mode", "asymmetric", "nearest_mode", "floor");
    }

    private List<TensorSpec> inputs(boolean told) {
        List<TensorSpec> inputs = new ArrayList<>(List.of(picture("image")));
        if (form == Form.PARTS) {
            inputs.add(TensorSpec.of("style", "style", "float32", -1L, (long) labels.size()));
            inputs.add(TensorSpec.of("noise", "noise", "float32", -1L, 1L, -1L, -1L));
        }
        if (told) {
            inputs.add(moments());
        }
        return inputs;
    }

    private List<TensorSpec> outputs(boolean tells) {
        return tells ? List.of(picture("stylised"), moments()) : List.of(picture("stylised"));
    }

    private static TensorSpec moments() {
        return TensorSpec.of("moments", "moments", "float32", -1L, 6L);
    }

    private TensorSpec picture(String tensor) {
        return form == Form.FIXED
                ? TensorSpec.of(tensor, "image", "float32", -1L, (long) SIDE, (long) SIDE, 3L)
                        .picture("NHWC", "0..255", "rgb")
                : TensorSpec.of(tensor, "image", "float32", -1L, 3L, -1L, -1L).picture("NCHW", "0..1", "rgb");
    }
}
