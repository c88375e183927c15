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
import java.util.List;
import java.util.SplittableRandom;

/**
 * A style network with random weights, about as expensive a pixel as those that are trained: two convolutions of stride 2,
 * six at a quarter of the size, and back. {@code image} (1, 3, h, w) and {@code noise} (1, 1, h / 4, w / 4) to {@code
 * stylised} (1, 3, h, w) in 0..1. The graph for whole pictures tells {@code moments} (1, 3), first, the one for parts is
 * told them.
 */
final class StyleNetwork {
    static final int MULTIPLE = 16;
    static final int REACH = 64;
    static final int MOMENTS = 3;
    static final int NOISE_SIDE = 4;

    private static final int WIDE = 64;
    private static final int INNER = 6;
    private static final long SEED = 20_27;

    private StyleNetwork() {}

    /** @param told whether it is the graph for parts */
    static byte[] model(boolean told) {
        SplittableRandom random = new SplittableRandom(SEED);
        GraphProto.Builder graph = GraphProto.newBuilder().setName(told ? "tile" : "stylizer");
        graph.addInput(value("image", -1, 3, -2, -3)).addInput(value("noise", -1, 1, -4, -5));
        if (told) {
            graph.addInput(value("moments", -1, MOMENTS));
        } else {
            graph.addOutput(value("moments", -1, MOMENTS));
            graph.addNode(node("ReduceMean", "moments", "image")
                    .addAttribute(ints("axes", 2, 3))
                    .addAttribute(number("keepdims", 0)));
        }
        graph.addOutput(value("stylised", -1, 3, -2, -3));
        graph.addNode(node("Identity", "told", "moments"));
        graph.addInitializer(longs("column", 0, MOMENTS, 1, 1));
        graph.addNode(node("Reshape", "mean", "told", "column"));
        graph.addNode(node("Sub", "around", "image", "mean"));
        convolution(graph, random, "around", "half", 3, WIDE / 2, 2);
        convolution(graph, random, "half", "quarter", WIDE / 2, WIDE, 2);
        graph.addNode(node("Add", "inner0", "quarter", "noise"));
        for (int i = 0; i < INNER; i++) {
            convolution(graph, random, "inner" + i, "inner" + (i + 1), WIDE, WIDE, 1);
        }
        graph.addInitializer(scales());
        graph.addNode(enlarged("larger", "inner" + INNER));
        convolution(graph, random, "larger", "fewer", WIDE, WIDE / 4, 1);
        graph.addNode(enlarged("whole", "fewer"));
        convolution(graph, random, "whole", "last", WIDE / 4, 3, 1);
        graph.addNode(node("Sigmoid", "stylised", "last"));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("atelier-bench")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static void convolution(
            GraphProto.Builder graph, SplittableRandom random, String from, String to, int in, int out, int stride) {
        double deviation = Math.sqrt(2.0 / (in * 9)); // He et al. 2015: keeps the signal's size
        graph.addInitializer(weights(random, to + "-weights", deviation, out, in, 3, 3));
        graph.addNode(node("Conv", to + "-sum", from, to + "-weights")
                .addAttribute(ints("pads", 1, 1, 1, 1))
                .addAttribute(ints("strides", stride, stride)));
        graph.addNode(node("Relu", to, to + "-sum"));
    }

    private static NodeProto.Builder enlarged(String to, String from) {
        return node("Resize", to, from, "", "two")
                .addAttribute(text("mode", "nearest"))
                .addAttribute(text("coordinate_transformation_mode", "asymmetric"))
                .addAttribute(text("nearest_mode", "floor"));
    }

    private static TensorProto weights(SplittableRandom random, String name, double deviation, int... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        int size = 1;
        for (int dimension : shape) {
            tensor.addDims(dimension);
            size *= dimension;
        }
        for (int i = 0; i < size; i++) {
            tensor.addFloatData((float) (deviation * random.nextGaussian()));
        }
        return tensor.build();
    }

    private static TensorProto scales() {
        return TensorProto.newBuilder()
                .setName("two")
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(4)
                .addAllFloatData(List.of(1f, 1f, 2f, 2f))
                .build();
    }

    private static TensorProto longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor.build();
    }

    private static NodeProto.Builder node(String op, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(op)
                .setName(output)
                .addOutput(output)
                .addAllInput(List.of(inputs));
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    /** Below 0 a dimension is open; its name is its number. */
    private static ValueInfoProto value(String name, int... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int dimension : dimensions) {
            TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dimension < 0 ? one.setDimParam("axis" + -dimension) : one.setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
