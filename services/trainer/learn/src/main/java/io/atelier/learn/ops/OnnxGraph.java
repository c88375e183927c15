package io.atelier.learn.ops;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Collects an ONNX graph: inputs, constants, nodes, outputs. Uses the domain ai.onnx alone. */
public final class OnnxGraph {
    /** The operator set the graphs are written in. */
    public static final int OPSET = 18;

    private static final int IR_VERSION = 8; // the one that came with opset 18
    private static final String[] AXES = {"batch", "channels", "height", "width"};

    private final GraphProto.Builder graph;
    private final Set<String> constants = new HashSet<>();
    private final ExternalData external;
    private int nodes;

    /** A graph that holds its constants itself. */
    public OnnxGraph(String name) {
        this(name, ExternalData.NONE);
    }

    /** A graph that reads those constants from a file which the file has under the same name. */
    public OnnxGraph(String name, ExternalData external) {
        graph = GraphProto.newBuilder().setName(name);
        this.external = external;
    }

    /** Declares a float32 input; -1 is a dynamic axis. */
    public Value floatInput(String name, long... shape) {
        graph.addInput(info(name, TensorProto.DataType.FLOAT, shape));
        return new Value(name, shape);
    }

    /** Declares an int64 input; -1 is a dynamic axis. */
    public Value longInput(String name, long... shape) {
        graph.addInput(info(name, TensorProto.DataType.INT64, shape));
        return new Value(name, shape);
    }

    /** Declares a float32 output under this name. */
    public void output(String name, Value value) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value.name())
                .addOutput(name));
        graph.addOutput(info(name, TensorProto.DataType.FLOAT, value.shape()));
    }

    /** Adds a node with one output of this shape. Attributes are Integer, Double, String or long[]. */
    Value node(String operator, Map<String, Object> attributes, long[] shape, String... inputs) {
        String name = operator + "_" + nodes++;
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).setName(name).addOutput(name + "_out");
        for (String input : inputs) {
            node.addInput(input);
        }
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey()) // so that the same network gives the same bytes
                .forEach(entry -> node.addAttribute(attribute(entry.getKey(), entry.getValue())));
        graph.addNode(node);
        return new Value(name + "_out", shape);
    }

    /** Adds float32 values once under their name. */
    String constant(String name, long[] shape, float[] values) {
        if (constants.add(name)) {
            TensorProto.Builder tensor =
                    TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
            for (long dimension : shape) {
                tensor.addDims(dimension);
            }
            external.place(name)
                    .ifPresentOrElse(place -> refer(tensor, place), () -> tensor.setRawData(littleEndian(values)));
            graph.addInitializer(tensor);
        }
        return name;
    }

    private void refer(TensorProto.Builder tensor, ExternalData.Place place) {
        tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", external.file()))
                .addExternalData(entry("offset", Long.toString(place.offset())))
                .addExternalData(entry("length", Long.toString(place.length())));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static ByteString littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    /** Adds a vector of int64. */
    String longs(long... values) {
        String name = "longs_" + constants.size();
        constants.add(name);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** The finished model's bytes; the same network gives the same bytes. */
    public byte[] toBytes() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("atelier")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        switch (value) {
            case Integer number ->
                attribute.setType(AttributeProto.AttributeType.INT).setI(number);
            case Double number ->
                attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number.floatValue());
            case String text ->
                attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
            case long[] numbers -> {
                attribute.setType(AttributeProto.AttributeType.INTS);
                for (long number : numbers) {
                    attribute.addInts(number);
                }
            }
            default -> throw new IllegalArgumentException("no attribute type for " + value.getClass());
        }
        return attribute.build();
    }

    private static ValueInfoProto info(String name, TensorProto.DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < shape.length; axis++) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(
                    shape[axis] < 0
                            ? dimension.setDimParam(axis == 0 ? AXES[0] : name + "_" + AXES[axis])
                            : dimension.setDimValue(shape[axis]));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
