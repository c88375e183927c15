package io.atelier.imports.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Walks over one ONNX file; see the package. */
public final class OnnxReader {
    private final Wire wire;
    private final Count nodes = new Count("nodes", OnnxLimits.MAX_NODES);
    private final Count tensors = new Count("constants", OnnxLimits.MAX_TENSORS);
    private final Count edges = new Count("inputs and outputs of nodes", OnnxLimits.MAX_EDGES);
    private final Count attributes = new Count("attributes", OnnxLimits.MAX_ATTRIBUTES);
    private final Count inner = new Count("graphs in nodes", OnnxLimits.MAX_GRAPHS);
    private final List<OnnxTensor.External> externals = new ArrayList<>();
    private int graphDepth;

    private OnnxReader(Wire wire) {
        this.wire = wire;
    }

    /**
     * Reads a file that nobody else can change meanwhile. Throws NOT_ONNX, IMPORT_TOO_LARGE, BROKEN_GRAPH, FOREIGN_OPERATOR
     * and UNSAFE_DATA.
     */
    public static OnnxModel read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            LooksLike.refuse(bytes);
            return new OnnxReader(new Wire(bytes)).model();
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.notOnnx("it is damaged or cut off (" + firstSentence(e) + ")");
        }
    }

    private static String firstSentence(IOException e) {
        String text = String.valueOf(e.getMessage());
        int end = text.indexOf('.');
        return end < 0 ? text : text.substring(0, end);
    }

    private OnnxModel model() throws IOException {
        long[] ir = {0};
        String[] producer = {"", ""};
        Map<String, Long> opsets = new TreeMap<>();
        List<OnnxGraph> graphs = new ArrayList<>();
        wire.fields("the model", Wire.once(1, 2, 3, 4, 5, 6, 7), number -> {
            switch (number) {
                case 1 -> ir[0] = wire.whole();
                case 2, 3 -> producer[number - 2] = wire.name();
                case 7 -> graphs.add(graph());
                case 8 -> opset(opsets);
                case 20 -> throw Refusal.foreign("it carries a training; export it for inference");
                case 25 -> throw Refusal.foreign("it has functions of its own; inline them before (onnx.inliner does)");
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (ir[0] < 1 || graphs.isEmpty()) {
            throw Refusal.notOnnx("it has no graph, or no version");
        }
        return new OnnxModel(ir[0], String.join(" ", producer).strip(), opsets, graphs.getFirst(), externals);
    }

    private void opset(Map<String, Long> opsets) throws IOException {
        String[] domain = {""};
        long[] version = {0};
        wire.message("an operator set", Wire.once(1, 2), number -> {
            switch (number) {
                case 1 -> domain[0] = wire.name();
                case 2 -> version[0] = wire.whole();
                default -> {
                    return false;
                }
            }
            return true;
        });
        String known = Operators.domain(domain[0]);
        if (version[0] < 1 || version[0] > OnnxLimits.MAX_OPSET || opsets.put(known, version[0]) != null) {
            throw Refusal.foreign("it asks for the operator set " + (known.isEmpty() ? "ai.onnx" : known)
                    + " in the version " + version[0] + ", which there is not, or in two versions");
        }
    }

    private OnnxGraph graph() throws IOException {
        if (graphDepth == OnnxLimits.MAX_GRAPH_DEPTH) {
            throw Refusal.tooLarge("graphs in graphs", OnnxLimits.MAX_GRAPH_DEPTH);
        }
        graphDepth++;
        List<OnnxValue> inputs = new ArrayList<>();
        List<OnnxValue> outputs = new ArrayList<>();
        List<OnnxNode> made = new ArrayList<>();
        List<OnnxTensor> constants = new ArrayList<>();
        wire.message("a graph", Wire.once(2, 10), number -> {
            switch (number) {
                case 1 -> made.add(node());
                case 5 -> constants.add(tensor());
                case 11 -> inputs.add(value());
                case 12 -> outputs.add(value());
                case 15 -> throw Refusal.foreign("it has sparse constants");
                default -> {
                    return false;
                }
            }
            return true;
        });
        graphDepth--;
        return new OnnxGraph(inputs, outputs, made, constants);
    }

    private OnnxValue value() throws IOException {
        edges.add(1);
        return ValueReader.read(wire);
    }

    private OnnxTensor tensor() throws IOException {
        tensors.add(1);
        OnnxTensor tensor = TensorReader.read(wire);
        tensor.external().ifPresent(externals::add);
        return tensor;
    }

    private OnnxNode node() throws IOException {
        nodes.add(1);
        String[] kind = {"", "", ""}; // op, domain, overload
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, OnnxAttribute> found = new HashMap<>();
        wire.message("a node", Wire.once(3, 4, 6, 7, 8), number -> {
            switch (number) {
                case 1 -> inputs.add(edge());
                case 2 -> outputs.add(edge());
                case 3 -> wire.name();
                case 4 -> kind[0] = wire.name();
                case 5 -> attribute(found);
                case 7 -> kind[1] = wire.name();
                case 8 -> kind[2] = wire.name();
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (!kind[2].isEmpty()) {
            throw Refusal.foreign("its operator " + Refusal.shown(kind[0]) + " is an overload");
        }
        return new OnnxNode(kind[0], Operators.domain(kind[1]), inputs, outputs, found);
    }

    private String edge() throws IOException {
        edges.add(1);
        return wire.name();
    }

    private void attribute(Map<String, OnnxAttribute> found) throws IOException {
        attributes.add(1);
        String[] name = {""};
        List<Long> wholes = new ArrayList<>();
        float[] real = {Float.NaN};
        List<OnnxTensor> constants = new ArrayList<>();
        List<OnnxGraph> graphs = new ArrayList<>();
        wire.message("an attribute", Wire.once(1, 2, 3, 4, 5, 6, 13, 14, 20, 21, 22), number -> {
            switch (number) {
                case 1 -> name[0] = wire.name();
                case 2 -> real[0] = wire.real();
                case 3, 8 -> wire.wholes(value -> keep(wholes, value));
                case 5, 10 -> constants.add(tensor());
                case 6, 11 -> {
                    inner.add(1);
                    graphs.add(graph());
                }
                case 22, 23 -> throw Refusal.foreign("it has sparse constants");
                default -> {
                    return false;
                }
            }
            return true;
        });
        Optional<OnnxTensor> first = constants.stream().findFirst();
        Optional<Float> number = Float.isNaN(real[0]) ? Optional.empty() : Optional.of(real[0]);
        if (found.put(name[0], new OnnxAttribute(wholes, number, first, graphs)) != null) {
            throw Refusal.broken("a node has two attributes " + Refusal.shown(name[0]));
        }
    }

    private static void keep(List<Long> wholes, long value) {
        if (wholes.size() < 64) {
            wholes.add(value);
        }
    }
}
