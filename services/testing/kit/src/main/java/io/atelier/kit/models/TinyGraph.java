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
import com.google.protobuf.ByteString;
import io.atelier.models.TensorSpec;
import java.util.List;
import java.util.Map;

/** Builds one ONNX graph. Tensors are known by name; the first axis is called batch where it is open, others by
 * tensor and number. */
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

    /** A node with attributes: numbers, lists of numbers or texts, by name. */
    public TinyGraph node(String op, String output, Map<String, Object> attributes, String... inputs) {
        NodeProto.Builder node = node(op, List.of(output), inputs).toBuilder();
        attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
        graph.addNode(node);
        return this;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        switch (value) {
            case Long number ->
                attribute.setType(AttributeProto.AttributeType.INT).setI(number);
            case String text ->
                attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
            case List<?> numbers -> {
                attribute.setType(AttributeProto.AttributeType.INTS);
                numbers.forEach(number -> attribute.addInts((Long) number));
            }
            default -> throw new IllegalArgumentException("no attribute of a tiny graph: " + value);
        }
        return attribute.build();
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
        for (int axis = 0; axis < tensor.shape().size(); axis++) {
            long dimension = tensor.shape().get(axis);
            String name = axis == 0 ? "batch" : tensor.name() + "-" + axis;
            shape.addDim(
                    dimension < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam(name)
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
