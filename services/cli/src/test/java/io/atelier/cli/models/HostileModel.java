package io.atelier.cli.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.atelier.kit.models.TinyForeign;
import io.atelier.kit.models.TinyGraph;
import io.atelier.models.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A file that wants no good, or would do none.
 *
 * @param name what it does
 * @param code the error that refuses it
 * @param reason what the refusal says
 * @param task what it claims to do
 * @param files writes it, and what it wants beside it, into a folder; answers the model's path
 */
record HostileModel(String name, String code, String reason, String task, Writer files) {
    private static final String NOT_ONNX = "ATELIER-IMPORT-0001";
    private static final String TOO_LARGE = "ATELIER-IMPORT-0002";
    private static final String BROKEN = "ATELIER-IMPORT-0003";
    private static final String FOREIGN = "ATELIER-IMPORT-0004";
    private static final String UNSAFE = "ATELIER-IMPORT-0005";
    private static final String TRIAL = "ATELIER-IMPORT-0006";
    private static final String UNFIT = "ATELIER-IMPORT-0007";

    /** Writes a model. */
    interface Writer {
        Path write(Path folder) throws IOException;
    }

    @Override
    public String toString() {
        return name;
    }

    static List<HostileModel> all() {
        List<HostileModel> all = new ArrayList<>();
        all.addAll(noModels());
        all.addAll(brokenGraphs());
        all.addAll(escapes());
        all.addAll(bombs());
        all.addAll(foreign());
        all.addAll(unfit());
        return all;
    }

    private static List<HostileModel> noModels() {
        byte[] good = TinyForeign.fixedClassifier().model();
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        return List.of(
                bytes("empty", "empty", new byte[0]),
                bytes("random bytes", "ONNX", noise),
                bytes("text", "a text", "Not a model.\n".getBytes(StandardCharsets.UTF_8)),
                bytes("web page", "web page", "<!DOCTYPE html><p>\u00e9".getBytes(StandardCharsets.UTF_8)),
                bytes("zip", "zip archive", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0}),
                bytes(
                        "pointer of Git LFS",
                        "Git LFS",
                        "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8)),
                bytes("cut at a quarter", "cut off", Arrays.copyOf(good, good.length / 4)),
                bytes("cut at a half", "cut off", Arrays.copyOf(good, good.length / 2)),
                bytes("cut by a byte", "cut off", Arrays.copyOf(good, good.length - 1)),
                bytes("two graphs", "stands twice", twice(good)),
                bytes("groups", "groups", group(good)),
                new HostileModel("pipe", NOT_ONNX, "no plain file", "image.classify", folder -> pipe(folder, "m.onnx")),
                new HostileModel("device", NOT_ONNX, "no plain file", "image.classify", folder -> Path.of("/dev/zero")),
                changed(
                        "control characters",
                        NOT_ONNX,
                        "control characters",
                        model -> model.getGraphBuilder().getNodeBuilder(0).setOpType("Relu\nImported fine")),
                changed(
                        "name of two megabytes",
                        TOO_LARGE,
                        "bytes in one name",
                        model -> model.getGraphBuilder().getNodeBuilder(0).setName("n".repeat(2 << 20))));
    }

    private static List<HostileModel> brokenGraphs() {
        return List.of(
                changed(
                        "cycle",
                        BROKEN,
                        "cycle",
                        model -> model.getGraphBuilder()
                                .addNode(node("Relu", "a", "b"))
                                .addNode(node("Relu", "b", "a"))),
                changed(
                        "input that nothing makes",
                        BROKEN,
                        "nothing makes the input \"ghost\"",
                        model -> model.getGraphBuilder().addNode(node("Relu", "a", "ghost"))),
                changed(
                        "output made twice",
                        BROKEN,
                        "\"scores\" stands for two values",
                        model -> model.getGraphBuilder().addNode(node("Relu", "scores", "flat"))),
                changed(
                        "output that nothing makes",
                        BROKEN,
                        "nothing makes its output",
                        model -> model.getGraphBuilder().getOutputBuilder(0).setName("ghost")),
                changed(
                        "constant of gigabytes without them",
                        BROKEN,
                        "does not hold just these",
                        model -> model.getGraphBuilder().addInitializer(tensor(1_000_000_000, 4))),
                changed(
                        "constant of 2^124 values",
                        BROKEN,
                        "can be counted",
                        model -> model.getGraphBuilder().addInitializer(tensor(1L << 62, 1L << 62))),
                changed(
                        "constant of a negative axis",
                        BROKEN,
                        "axis of -3",
                        model -> model.getGraphBuilder().addInitializer(tensor(-3, -3))),
                changed(
                        "input of a negative axis",
                        BROKEN,
                        "axis of -8",
                        model -> model.getGraphBuilder()
                                .getInputBuilder(0)
                                .getTypeBuilder()
                                .getTensorTypeBuilder()
                                .getShapeBuilder()
                                .getDimBuilder(2)
                                .setDimValue(-8)));
    }

    private static List<HostileModel> escapes() {
        return List.of(
                beside("weights above the folder", "plain name", "../secret", 0, folder -> {}),
                beside("weights at an absolute path", "plain name", "/etc/passwd", 0, folder -> {}),
                beside("weights in memory", "plain name", "*/_ORT_MEM_ADDR_/*", 0, folder -> {}),
                beside("weights behind a link", "a link", "weights.bin", 0, folder -> {
                    Path secret = Files.write(folder.resolve("secret"), new byte[64]);
                    Files.createSymbolicLink(folder.resolve("weights.bin"), secret);
                }),
                beside("weights in a pipe", "a pipe", "weights.bin", 0, folder -> pipe(folder, "weights.bin")),
                beside(
                        "weights past the end",
                        "the file has 40",
                        "weights.bin",
                        8,
                        folder -> Files.write(folder.resolve("weights.bin"), new byte[40])),
                beside(
                        "weights at the end of numbers",
                        "the file has 40",
                        "weights.bin",
                        999_999_999_999_999_999L,
                        folder -> Files.write(folder.resolve("weights.bin"), new byte[40])),
                beside(
                        "weights that are the manifest",
                        "needs itself",
                        "model.json",
                        0,
                        folder -> Files.write(folder.resolve("model.json"), new byte[40])));
    }

    private static List<HostileModel> bombs() {
        return List.of(
                changed(
                        "graphs 40 deep",
                        TOO_LARGE,
                        "graphs in graphs",
                        model -> model.getGraphBuilder().addNode(nested(40))),
                changed("types 1,000 deep", UNFIT, "no plain tensor", HostileModel::deepType),
                changed("types 1,000 deep where nobody asks", TRIAL, "", HostileModel::deepHint),
                changed("501 graphs", TOO_LARGE, "graphs in nodes", model -> {
                    for (int i = 0; i < 501; i++) {
                        model.getGraphBuilder().addNode(nested(1).toBuilder().setOutput(0, "g" + i));
                    }
                }),
                changed("100,000 nodes in a row", TOO_LARGE, "nodes", model -> {
                    for (int i = 0; i < 100_000; i++) {
                        model.getGraphBuilder().addNode(node("Relu", "r" + i, i == 0 ? "data" : "r" + (i - 1)));
                    }
                }),
                changed("100 inputs", TOO_LARGE, "inputs or outputs", model -> {
                    for (int i = 0; i < 100; i++) {
                        model.getGraphBuilder()
                                .addInput(
                                        model.getGraph().getInput(0).toBuilder().setName("more" + i));
                    }
                }),
                graph(
                        "ConstantOfShape of 10^10",
                        TRIAL,
                        "",
                        graph -> graph.longs("n", new long[] {10_000_000_000L}, 1)
                                .node("ConstantOfShape", "big", "n")
                                .node("ReduceMax", "most", "big")),
                graph(
                        "Expand to gigabytes",
                        TRIAL,
                        "",
                        graph -> graph.longs("n", new long[] {100_000, 100_000}, 2)
                                .floats("one", new float[] {1})
                                .node("Expand", "big", "one", "n")
                                .node("ReduceMax", "most", "big")),
                graph(
                        "Tile to gigabytes",
                        TRIAL,
                        "",
                        graph -> graph.longs("n", new long[] {1, 1, 50_000, 50_000}, 4)
                                .node("Tile", "big", "data", "n")
                                .node("ReduceMax", "most", "big")),
                graph(
                        "Range of 10^11",
                        TRIAL,
                        "",
                        graph -> graph.longs("from", new long[] {0})
                                .longs("to", new long[] {100_000_000_000L})
                                .longs("by", new long[] {1})
                                .node("Range", "whole", "from", "to", "by")
                                .node("ReduceMax", "last", "whole")
                                .longs("row", new long[] {1}, 1)
                                .node("Reshape", "shaped", "last", "row")
                                .node("ConstantOfShape", "most", "row")),
                graph("Concat, doubled again and again", TRIAL, "", HostileModel::doubled),
                graph("endless loop", TRIAL, "more than 5 s", graph -> loop(graph, Long.MAX_VALUE)),
                graph("loop of 2^62 trips", TRIAL, "more than 5 s", graph -> loop(graph, 1L << 62)));
    }

    private static List<HostileModel> foreign() {
        return List.of(
                changed(
                        "unknown operator",
                        TRIAL,
                        "Teleport",
                        model -> model.getGraphBuilder().addNode(node("Teleport", "a", "data"))),
                changed(
                        "unknown domain",
                        FOREIGN,
                        "com.evil",
                        model -> model.addOpsetImport(set("com.evil", 1))
                                .getGraphBuilder()
                                .addNode(node("Relu", "a", "data").toBuilder().setDomain("com.evil"))),
                changed(
                        "library of operators",
                        FOREIGN,
                        "ai.onnx.contrib",
                        model -> model.addOpsetImport(set("ai.onnx.contrib", 1))
                                .getGraphBuilder()
                                .addNode(node("PyOp", "a", "data").toBuilder().setDomain("ai.onnx.contrib"))),
                changed(
                        "domain that is not imported",
                        FOREIGN,
                        "does not import",
                        model -> model.getGraphBuilder()
                                .addNode(node("Gelu", "a", "data").toBuilder().setDomain("com.microsoft"))),
                changed(
                        "operator set of the future",
                        FOREIGN,
                        "which there is not",
                        model -> model.getOpsetImportBuilder(0).setVersion(9_999)),
                changed(
                        "operator set below 1",
                        FOREIGN,
                        "which there is not",
                        model -> model.getOpsetImportBuilder(0).setVersion(-1)),
                changed(
                        "operator set in two versions",
                        FOREIGN,
                        "two versions",
                        model -> model.addOpsetImport(set("ai.onnx", 11))),
                changed(
                        "own functions",
                        FOREIGN,
                        "functions",
                        model -> model.addFunctions(
                                FunctionProto.newBuilder().setName("f").setDomain("f"))),
                changed(
                        "sparse constant",
                        FOREIGN,
                        "sparse",
                        model -> model.getGraphBuilder()
                                .addSparseInitializer(
                                        SparseTensorProto.newBuilder().addDims(1L << 40))),
                graph("own random numbers", FOREIGN, "seed", graph -> graph.node("RandomNormalLike", "most", "data")));
    }

    private static List<HostileModel> unfit() {
        return List.of(
                graph(
                        "scores that are no numbers",
                        UNFIT,
                        "no finite numbers",
                        graph -> graph.floats("zero", new float[] {0}).node("Div", "most", "zero", "zero")),
                new HostileModel(
                        "picture of two axes",
                        UNFIT,
                        "pictures have four",
                        "image.classify",
                        written(new TinyGraph("flat")
                                .input(TensorSpec.of("x", "", "float32", 1L, 784L))
                                .output(TensorSpec.of("y", "", "float32", 1L, 784L))
                                .node("Relu", "y", "x")
                                .model())),
                new HostileModel("texts", UNFIT, "float32 is served", "image.classify", folder -> {
                    ModelProto.Builder model = TinyForeign.fixedClassifier().builder();
                    model.getGraphBuilder()
                            .getInputBuilder(0)
                            .getTypeBuilder()
                            .getTensorTypeBuilder()
                            .setElemType(TensorProto.DataType.STRING.getNumber());
                    return written(model.build().toByteArray()).write(folder);
                }),
                new HostileModel(
                        "batch of eight",
                        UNFIT,
                        "8 rows at once",
                        "image.classify",
                        written(new TinyGraph("eight")
                                .input(TensorSpec.of("x", "", "float32", 8L, 3L, 8L, 8L))
                                .output(TensorSpec.of("y", "", "float32", 8L, 3L))
                                .node("GlobalAveragePool", "p", "x")
                                .node("Flatten", "y", "p")
                                .model())),
                new HostileModel(
                        "input of 2^60 values",
                        UNFIT,
                        "values",
                        "image.classify",
                        written(new TinyGraph("vast")
                                .input(TensorSpec.of("x", "", "float32", 1L, 3L, 1L << 30, 1L << 30))
                                .output(TensorSpec.of("y", "", "float32", 1L, 3L))
                                .node("GlobalAveragePool", "p", "x")
                                .node("Flatten", "y", "p")
                                .model())),
                new HostileModel(
                        "style without a picture",
                        UNFIT,
                        "is a picture",
                        "image.style",
                        written(TinyForeign.fixedClassifier().model())));
    }

    private static HostileModel bytes(String name, String reason, byte[] bytes) {
        return new HostileModel(name, NOT_ONNX, reason, "image.classify", written(bytes));
    }

    private static Writer written(byte[] bytes) {
        return folder -> Files.write(folder.resolve("model.onnx"), bytes);
    }

    /** A good classifier with something done to it. */
    private static HostileModel changed(String name, String code, String reason, Consumer<ModelProto.Builder> change) {
        return new HostileModel(name, code, reason, "image.classify", folder -> {
            ModelProto.Builder model = TinyForeign.fixedClassifier().builder();
            change.accept(model);
            return written(model.build().toByteArray()).write(folder);
        });
    }

    /** A classifier whose scores depend on {@code most}, which is made here from {@code data} (1, 3, 8, 8) or nothing. */
    private static HostileModel graph(String name, String code, String reason, UnaryOperator<TinyGraph> most) {
        return new HostileModel(name, code, reason, "image.classify", folder -> {
            TinyGraph graph = most.apply(new TinyGraph("bomb")
                            .input(TensorSpec.of("data", "", "float32", 1L, 3L, 8L, 8L))
                            .output(TensorSpec.of("scores", "", "float32", 1L, 3L)))
                    .node("ReduceMax", "peak", "most")
                    .longs("scalar", new long[] {1}, 1)
                    .node("Reshape", "alone", "peak", "scalar")
                    .node("GlobalAveragePool", "means", "data")
                    .node("Flatten", "flat", "means")
                    .node("Add", "scores", "flat", "alone");
            return written(graph.model()).write(folder);
        });
    }

    private static HostileModel beside(String name, String reason, String location, long offset, Besides besides) {
        return new HostileModel(name, UNSAFE, reason, "image.classify", folder -> {
            ModelProto.Builder model = TinyForeign.fixedClassifier().builder();
            model.getGraphBuilder()
                    .getInitializerBuilder(0)
                    .clearFloatData()
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", location))
                    .addExternalData(entry("offset", Long.toString(offset)));
            besides.write(folder);
            return written(model.build().toByteArray()).write(folder);
        });
    }

    private interface Besides {
        void write(Path folder) throws IOException;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static Path pipe(Path folder, String name) throws IOException {
        Path pipe = folder.resolve(name);
        try {
            if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
                throw new IOException("no pipe could be made");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return pipe;
    }

    private static byte[] twice(byte[] model) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        ModelProto graphAlone;
        try {
            graphAlone = ModelProto.newBuilder()
                    .setGraph(ModelProto.parseFrom(model).getGraph())
                    .build();
            both.writeBytes(model);
            both.writeBytes(graphAlone.toByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return both.toByteArray();
    }

    /** A field of a number ONNX does not have, as a group that is never closed. */
    private static byte[] group(byte[] model) {
        byte[] longer = Arrays.copyOf(model, model.length + 1);
        longer[model.length] = 15 << 3 | 3;
        return longer;
    }

    private static NodeProto node(String op, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(op)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    private static TensorProto tensor(long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName("claimed").setDataType(TensorProto.DataType.FLOAT.getNumber());
        Arrays.stream(shape).forEach(tensor::addDims);
        return tensor.setRawData(ByteString.copyFrom(new byte[16])).build();
    }

    private static OperatorSetIdProto set(String domain, long version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }

    private static NodeProto nested(int depth) {
        GraphProto.Builder inner = GraphProto.newBuilder().setName("inner");
        if (depth > 1) {
            inner.addNode(nested(depth - 1));
        }
        return node("If", "if" + depth, "data").toBuilder()
                .addAttribute(AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(inner))
                .build();
    }

    private static void deepType(ModelProto.Builder model) {
        model.getGraphBuilder().getInputBuilder(0).setType(sequences(1_000));
    }

    private static void deepHint(ModelProto.Builder model) {
        model.getGraphBuilder()
                .addValueInfo(ValueInfoProto.newBuilder().setName("flat").setType(sequences(1_000)));
    }

    private static TypeProto sequences(int depth) {
        TypeProto type = TypeProto.getDefaultInstance();
        for (int i = 0; i < depth; i++) {
            type = TypeProto.newBuilder()
                    .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(type))
                    .build();
        }
        return type;
    }

    private static TinyGraph doubled(TinyGraph graph) {
        String last = "data";
        for (int i = 0; i < 40; i++) {
            graph.node("Concat", "twice" + i, Map.of("axis", 0L), last, last);
            last = "twice" + i;
        }
        return graph.node("ReduceMax", "most", last);
    }

    private static TinyGraph loop(TinyGraph graph, long trips) {
        TinyGraph body = new TinyGraph("body")
                .input(TensorSpec.of("iteration", "", "int64"))
                .input(TensorSpec.of("going", "", "bool"))
                .input(TensorSpec.of("state", "", "float32", 1L, 3L, 8L, 8L))
                .output(TensorSpec.of("going-on", "", "bool"))
                .output(TensorSpec.of("next", "", "float32", 1L, 3L, 8L, 8L))
                .node("Identity", "going-on", "going")
                .node("Tanh", "next", "state");
        return graph.longs("trips", new long[] {trips}).loop("most", "trips", "data", body);
    }
}
