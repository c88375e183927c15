package io.atelier.bench.image;

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
import java.util.SplittableRandom;

/**
 * A picture network with random weights: {@code latent} (batch, 32) and {@code label} (batch) to {@code image}
 * (batch, 3, 32, 32) in -1..1, through so many 3x3 convolutions of 64 channels at full size.
 *
 * @param layers how many convolutions
 */
record Network(int layers) {
    static final int LATENT = 32;
    static final int SIDE = 32;
    static final int LABELS = 4;

    private static final int CHANNELS = 64;
    private static final int IMAGE_CHANNELS = 3;
    private static final int KERNEL = 3;
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final long SEED = 20_26;

    byte[] model() {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("generator");
        graph.addInput(value("latent", TensorProto.DataType.FLOAT, -1, LATENT));
        graph.addInput(value("label", TensorProto.DataType.INT64, -1));
        graph.addOutput(value("image", TensorProto.DataType.FLOAT, -1, IMAGE_CHANNELS, SIDE, SIDE));
        SplittableRandom random = new SplittableRandom(SEED);
        int wide = CHANNELS * SIDE * SIDE;
        graph.addInitializer(weights(random, "labels", 1, LABELS, LATENT));
        graph.addInitializer(weights(random, "spread", Math.sqrt(1.0 / LATENT), LATENT, wide));
        graph.addInitializer(shape());
        graph.addNode(node("Gather", "embedded", "labels", "label"));
        graph.addNode(node("Add", "mixed", "latent", "embedded"));
        graph.addNode(node("MatMul", "flat", "mixed", "spread"));
        graph.addNode(node("Reshape", "map0", "flat", "shape"));
        for (int layer = 1; layer <= layers; layer++) {
            convolution(graph, random, layer, CHANNELS);
            graph.addNode(node("Relu", "map" + layer, "sum" + layer));
        }
        convolution(graph, random, layers + 1, IMAGE_CHANNELS);
        graph.addNode(node("Tanh", "image", "sum" + (layers + 1)));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("atelier-bench")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static void convolution(GraphProto.Builder graph, SplittableRandom random, int layer, int outputs) {
        double deviation = Math.sqrt(2.0 / (CHANNELS * KERNEL * KERNEL)); // He et al. 2015: keeps the signal's size
        graph.addInitializer(weights(random, "weights" + layer, deviation, outputs, CHANNELS, KERNEL, KERNEL));
        graph.addNode(node("Conv", "sum" + layer, "map" + (layer - 1), "weights" + layer).toBuilder()
                .addAttribute(AttributeProto.newBuilder()
                        .setName("pads")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(1)
                        .addInts(1)
                        .addInts(1)
                        .addInts(1)));
    }

    private static TensorProto weights(SplittableRandom random, String name, double deviation, int... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        int size = 1;
        for (int dimension : shape) {
            tensor.addDims(dimension);
            size *= dimension;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            bytes.putFloat((float) (deviation * random.nextGaussian()));
        }
        return tensor.setRawData(ByteString.copyFrom(bytes.flip())).build();
    }

    private static TensorProto shape() {
        return TensorProto.newBuilder()
                .setName("shape")
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(4)
                .addInt64Data(-1)
                .addInt64Data(CHANNELS)
                .addInt64Data(SIDE)
                .addInt64Data(SIDE)
                .build();
    }

    private static NodeProto node(String op, String output, String... inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(op).setName(output).addOutput(output);
        for (String input : inputs) {
            node.addInput(input);
        }
        return node.build();
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, long... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dimension : dimensions) {
            shape.addDim(
                    dimension < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("batch")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
