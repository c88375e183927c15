package io.atelier.imports.onnx;

/** The bounds of a model from elsewhere; docs/reference lists them. */
public final class OnnxLimits {
    /** Largest ONNX file, and largest sum of it and the files beside it, in bytes; protobuf itself ends here. */
    public static final long MAX_BYTES = Integer.MAX_VALUE;

    /** Most nodes of all graphs; ONNX Runtime takes minutes to load a file with some ten thousand nodes in a row. */
    public static final int MAX_NODES = 20_000;

    /** Most constants. */
    public static final int MAX_TENSORS = 20_000;

    /** Most inputs and outputs of all nodes together. */
    public static final int MAX_EDGES = 200_000;

    /** Most attributes of all nodes together. */
    public static final int MAX_ATTRIBUTES = 200_000;

    /** Most inputs, and most outputs, of the model, constants not counted. */
    public static final int MAX_TERMINALS = 16;

    /** Most graphs in nodes. */
    public static final int MAX_GRAPHS = 500;

    /** How deep graphs stand in graphs. */
    public static final int MAX_GRAPH_DEPTH = 8;

    /** How deep protobuf messages stand in messages. */
    public static final int MAX_MESSAGE_DEPTH = 64;

    /** Most protobuf fields, an array of numbers being one. */
    public static final int MAX_FIELDS = 10_000_000;

    /** Longest name in bytes. */
    public static final int MAX_NAME_BYTES = 1024;

    /** All names together in bytes. */
    public static final int MAX_NAMES_BYTES = 16 << 20;

    /** Most axes of a tensor. */
    public static final int MAX_AXES = 16;

    /** Most values of a tensor that goes in or comes out. */
    public static final long MAX_VALUES = 1L << 25;

    /** Most files of weights beside the model. */
    public static final int MAX_FILES = 32;

    /** Highest version of an operator set that is looked at; what ONNX Runtime knows is less. */
    public static final int MAX_OPSET = 1000;

    private OnnxLimits() {}
}
