package io.atelier.kit.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.atelier.models.TensorSpec;
import java.util.List;

/** Builds one ONNX graph. Tensors are known by name; the open axis -1 is called batch, and others by their place. */
public final class TinyGraph {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    private final GraphProto.Builder graph;

    public TinyGraph(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    public TinyGraph input(TensorSpec tensor) {
        graph.addInput(value(tensor));
        return this;
    }

    public TinyGraph output(TensorSpec tensor) {
        graph.addOutput(value(tensor));
        return this;
    }

    /** A constant of float32. */
    public TinyGraph floats(String name, float[] values, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        for (float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** A constant of int64; without a shape a scalar. */
    public TinyGraph longs(String name, long[] values, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT64.getNumber());
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    public TinyGraph node(String op, String output, String... inputs) {
        graph.addNode(node(op, List.of(output), inputs));
        return this;
    }

    /** An operation with one attribute of integers. */
    public TinyGraph node(String op, String output, String attribute, List<Long> values, String... inputs) {
        graph.addNode(node(op, List.of(output), inputs).toBuilder()
                .addAttribute(AttributeProto.newBuilder()
                        .setName(attribute)
                        .setType(AttributeProto.AttributeType.INTS)
                        .addAllInts(values)));
        return this;
    }

    /** An operation with one attribute of an integer. */
    public TinyGraph node(String op, String output, String attribute, long value, String... inputs) {
        graph.addNode(node(op, List.of(output), inputs).toBuilder()
                .addAttribute(AttributeProto.newBuilder()
                        .setName(attribute)
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(value)));
        return this;
    }

    /** Runs a body a fixed number of times over one carried tensor. */
    public TinyGraph loop(String output, String trips, String carried, TinyGraph body) {
        graph.addNode(node("Loop", List.of(output), trips, "", carried).toBuilder()
                .addAttribute(AttributeProto.newBuilder()
                        .setName("body")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(body.graph)));
        return this;
    }

    public byte[] model() {
        return builder().build().toByteArray();
    }

    /** The model, to be changed further. */
    public ModelProto.Builder builder() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("atelier-kit")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph);
    }

    private static NodeProto node(String op, List<String> outputs, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(op)
                .setName(op + "-" + outputs.getFirst())
                .addAllInput(List.of(inputs))
                .addAllOutput(outputs)
                .build();
    }

    private static ValueInfoProto value(TensorSpec tensor) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dimension : tensor.shape()) {
            String open = shape.getDimCount() == 0 ? "batch" : "axis" + shape.getDimCount();
            shape.addDim(
                    dimension < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam(open)
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(tensor.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type(tensor).getNumber())
                                .setShape(shape)))
                .build();
    }

    private static TensorProto.DataType type(TensorSpec tensor) {
        return switch (tensor.type()) {
            case "float32" -> TensorProto.DataType.FLOAT;
            case "int64" -> TensorProto.DataType.INT64;
            case "bool" -> TensorProto.DataType.BOOL;
            default -> throw new IllegalArgumentException("no type of a tiny graph: " + tensor.type());
        };
    }
}
