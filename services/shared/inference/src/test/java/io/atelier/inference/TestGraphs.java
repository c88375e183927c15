package io.atelier.inference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Small ONNX graphs with random weights. */
final class TestGraphs {
    static final int LATENT = 96;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    private final Random random;
    private int names;

    private TestGraphs(long seed) {
        this.random = new Random(seed);
    }

    /** A class-conditional generator: latent (N, 96) and label (N) to image (N, outChannels, 28, 28). */
    static byte[] generator(long seed, int channels, int outChannels) {
        TestGraphs g = new TestGraphs(seed);
        g.input("latent", TensorProto.DataType.FLOAT, -1, LATENT);
        g.input("label", TensorProto.DataType.INT64, -1);
        g.output("image", -1, outChannels, 28, 28);
        String embedded = g.node("Gather", g.weights(1, 10, LATENT), "label");
        String z = g.node("Add", "latent", embedded);
        int wide = channels * 2;
        String x = g.node("Gemm", z, g.weights(1, LATENT, wide * 49), g.weights(0.1f, wide * 49));
        x = g.node("Reshape", x, g.longs(-1, wide, 7, 7));
        x = g.batchNorm(g.up(x, wide, channels), channels);
        x = g.node("Relu", x);
        x = g.batchNorm(g.up(x, channels, channels / 2), channels / 2);
        x = g.node("Relu", x);
        x = g.conv(x, channels / 2, outChannels);
        g.last("Tanh", "image", x);
        return g.model();
    }

    /** A classifier: image (N, 1, 28, 28) to logits (N, 10). */
    static byte[] classifier(long seed, int channels) {
        TestGraphs g = new TestGraphs(seed);
        g.input("image", TensorProto.DataType.FLOAT, -1, 1, 28, 28);
        g.output("logits", -1, 10);
        String x = g.node("Relu", g.conv("image", 1, channels));
        x = g.pool(x);
        x = g.node("Relu", g.conv(x, channels, channels * 2));
        x = g.pool(x);
        x = g.node("Reshape", x, g.longs(-1, channels * 2 * 49));
        x = g.node("Relu", g.node("Gemm", x, g.weights(1, channels * 2 * 49, 512), g.weights(0.1f, 512)));
        g.last("Gemm", "logits", x, g.weights(1, 512, 10), g.weights(0.1f, 10));
        return g.model();
    }

    /** x (N, 4) to y (N, 4) = x + addend: cheap and easy to predict. */
    static byte[] adder(float addend) {
        TestGraphs g = new TestGraphs(0);
        g.input("x", TensorProto.DataType.FLOAT, -1, 4);
        g.output("y", -1, 4);
        String constant = g.tensor(new float[] {addend}, 1);
        g.last("Add", "y", "x", constant);
        return g.model();
    }

    /** x (1, 4) to y (1, 4): the sum with a constant, of one row alone. */
    static byte[] singleAdder(float addend) {
        TestGraphs g = new TestGraphs(0);
        g.input("x", TensorProto.DataType.FLOAT, 1, 4);
        g.output("y", 1, 4);
        g.last("Add", "y", "x", g.tensor(new float[] {addend}, 1));
        return g.model();
    }

    /** x (N, 4) to y (N, 4) = x, after as many products of 128 by 128 matrices as the largest of steps (N) says. */
    static byte[] looper() {
        TestGraphs g = new TestGraphs(0);
        g.input("x", TensorProto.DataType.FLOAT, -1, 4);
        g.input("steps", TensorProto.DataType.INT64, -1);
        g.output("y", -1, 4);
        String count = g.node("ReduceMax", attribute("keepdims", 0), "steps");
        String again = g.truth();
        String state = g.weights(1, 128, 128);
        String weights = g.weights(1, 128, 128);
        GraphProto body = GraphProto.newBuilder()
                .setName("body")
                .addInput(value("i", TensorProto.DataType.INT64))
                .addInput(value("go", TensorProto.DataType.BOOL))
                .addInput(value("before", TensorProto.DataType.FLOAT, 128, 128))
                .addNode(plain("Identity", "goOn", "go"))
                .addNode(plain("MatMul", "product", "before", weights))
                .addNode(plain("Tanh", "after", "product"))
                .addOutput(value("goOn", TensorProto.DataType.BOOL))
                .addOutput(value("after", TensorProto.DataType.FLOAT, 128, 128))
                .build();
        AttributeProto loop = AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body)
                .build();
        String end = g.node("Loop", loop, count, again, state);
        String mean = g.node("ReduceMean", attribute("keepdims", 0), end);
        g.last("Add", "y", "x", g.node("Mul", mean, g.tensor(new float[] {0}, 1)));
        return g.model();
    }

    /** x (N, 4) and count (N) to y (N, 4), by way of as many numbers as the largest count. */
    static byte[] greedy() {
        TestGraphs g = new TestGraphs(0);
        g.input("x", TensorProto.DataType.FLOAT, -1, 4);
        g.input("count", TensorProto.DataType.INT64, -1);
        g.output("y", -1, 4);
        String most = g.node("ReduceMax", attribute("keepdims", 1), "count");
        String filled = g.node("ConstantOfShape", most);
        String mean = g.node("ReduceMean", attribute("keepdims", 0), filled);
        g.last("Add", "y", "x", mean);
        return g.model();
    }

    /** x (N, width) to y (N, width) = x + addend, for rows of any width. */
    static byte[] openAdder(float addend) {
        TestGraphs g = new TestGraphs(0);
        g.input("x", TensorProto.DataType.FLOAT, -1, -1);
        g.output("y", -1, -1);
        g.last("Add", "y", "x", g.tensor(new float[] {addend}, 1));
        return g.model();
    }

    /** x (N, 4) through an operator that does not exist. */
    static byte[] unknownOperator() {
        TestGraphs g = new TestGraphs(0);
        g.input("x", TensorProto.DataType.FLOAT, -1, 4);
        g.output("y", -1, 4);
        g.last("Transmogrify", "y", "x");
        return g.model();
    }

    /** x (N, 4) to y (N, 4) with a product by an unpacked matrix, of which one row takes another kernel than several. */
    static byte[] unpackedProduct(long seed) {
        TestGraphs g = new TestGraphs(seed);
        g.input("x", TensorProto.DataType.FLOAT, -1, 512);
        g.output("y", -1, 33);
        String matrix = g.weights(1, 512, 33);
        String shape = g.node("Shape", "x");
        String batch = g.node("Gather", shape, g.scalar(0));
        String nothing = g.node("Mul", g.node("Cast", attribute("to", 1), batch), g.tensor(new float[] {0}, 1));
        g.last("MatMul", "y", "x", g.node("Add", matrix, nothing));
        return g.model();
    }

    private String up(String x, int in, int out) {
        return node(
                "ConvTranspose",
                new AttributeProto[] {ints("kernel_shape", 4, 4), ints("strides", 2, 2), ints("pads", 1, 1, 1, 1)},
                x,
                weights(1, in, out, 4, 4),
                weights(0.1f, out));
    }

    private String conv(String x, int in, int out) {
        return node(
                "Conv",
                new AttributeProto[] {ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1)},
                x,
                weights(1, out, in, 3, 3),
                weights(0.1f, out));
    }

    private String pool(String x) {
        return node("MaxPool", new AttributeProto[] {ints("kernel_shape", 2, 2), ints("strides", 2, 2)}, x);
    }

    private String batchNorm(String x, int channels) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1.1f);
        return node(
                "BatchNormalization",
                x,
                tensor(ones, channels),
                weights(0.1f, channels),
                weights(0.1f, channels),
                tensor(ones, channels));
    }

    private String node(String op, String... inputs) {
        return node(op, new AttributeProto[0], inputs);
    }

    private String node(String op, AttributeProto attribute, String... inputs) {
        return node(op, new AttributeProto[] {attribute}, inputs);
    }

    private String node(String op, AttributeProto[] attributes, String... inputs) {
        String output = "t" + names++;
        graph.addNode(NodeProto.newBuilder()
                .setOpType(op)
                .addAllInput(Arrays.asList(inputs))
                .addOutput(output)
                .addAllAttribute(Arrays.asList(attributes)));
        return output;
    }

    private void last(String op, String output, String... inputs) {
        graph.addNode(plain(op, output, inputs));
    }

    private static NodeProto plain(String op, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(op)
                .addAllInput(Arrays.asList(inputs))
                .addOutput(output)
                .build();
    }

    private String truth() {
        String name = "w" + names++;
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.BOOL.getNumber())
                .addInt32Data(1));
        return name;
    }

    /** Gaussian weights, scaled so that activations keep their size. */
    private String weights(float gain, int... shape) {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        int fan = shape.length == 4 ? shape[1] * shape[2] * shape[3] : shape[0];
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * gain / Math.sqrt(fan));
        }
        return tensor(values, shape);
    }

    private String tensor(float[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        String name = "w" + names++;
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        Arrays.stream(shape).forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return name;
    }

    private String longs(long... values) {
        String name = "w" + names++;
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        Arrays.stream(values).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        return name;
    }

    private String scalar(long value) {
        String name = "w" + names++;
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addInt64Data(value));
        return name;
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    private static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private void input(String name, TensorProto.DataType type, long... shape) {
        graph.addInput(value(name, type, shape));
    }

    private void output(String name, long... shape) {
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        for (long dim : shape) {
            TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
            dims.addDim(dim < 0 ? one.setDimParam("axis" + dims.getDimCount()) : one.setDimValue(dim));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dims)))
                .build();
    }

    private byte[] model() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
