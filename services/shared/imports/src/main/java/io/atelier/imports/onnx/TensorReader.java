package io.atelier.imports.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one TensorProto and compares what it declares with what is there. */
final class TensorReader {
    private static final long ONCE = Wire.once(2, 3, 8, 9, 14);
    private static final long EXTERNAL = 1;
    private static final int FEW = 8;

    private final Wire wire;
    private final Map<ElementType.Field, Long> entries = new EnumMap<>(ElementType.Field.class);
    private final Map<String, String> external = new HashMap<>();
    private final List<Long> shape = new ArrayList<>();
    private final List<Double> few = new ArrayList<>();
    private String name = "";
    private long type;
    private long raw = -1;
    private byte[] rawBytes = new byte[0];
    private long location;

    private TensorReader(Wire wire) {
        this.wire = wire;
    }

    /** The tensor that is this field's value. */
    static OnnxTensor read(Wire wire) throws IOException {
        TensorReader reader = new TensorReader(wire);
        wire.message("a tensor", ONCE, reader::field);
        return reader.tensor();
    }

    private boolean field(int number) throws IOException {
        switch (number) {
            case 1 -> wire.wholes(this::axis);
            case 2 -> type = wire.whole();
            case 3 -> throw Refusal.notOnnx("it has tensors in segments");
            case 4 -> count(ElementType.Field.FLOATS, wire.reals(this::keep));
            case 5 -> count(ElementType.Field.INT32, wire.wholes(value -> keep((int) value)));
            case 6 -> count(ElementType.Field.STRINGS, wire.bytes(text -> {}) < 0 ? 0 : 1);
            case 7 -> count(ElementType.Field.INT64, wire.wholes(this::keep));
            case 8 -> name = wire.name();
            case 9 -> raw = wire.bytes(bytes -> rawBytes = bytes);
            case 10 -> count(ElementType.Field.DOUBLES, wire.doubles());
            case 11 -> count(ElementType.Field.UINT64, wire.wholes(value -> {}));
            case 13 -> external();
            case 14 -> location = wire.whole();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void axis(long size) {
        if (shape.size() == OnnxLimits.MAX_AXES) {
            throw Refusal.tooLarge("axes of a tensor", OnnxLimits.MAX_AXES);
        }
        shape.add(size);
    }

    private void keep(double value) {
        if (few.size() <= FEW) {
            few.add(value);
        }
    }

    private void count(ElementType.Field field, long more) {
        entries.merge(field, more, Long::sum);
    }

    private void external() throws IOException {
        String[] pair = {"", ""};
        wire.message("an external-data entry", Wire.once(1, 2), number -> {
            if (number != 1 && number != 2) {
                return false;
            }
            pair[number - 1] = wire.name();
            return true;
        });
        if (external.put(pair[0], pair[1]) != null) {
            throw Refusal.unsafe(
                    "the constant " + Refusal.shown(name) + " says its " + Refusal.shown(pair[0]) + " twice");
        }
    }

    private OnnxTensor tensor() {
        ElementType known = ElementType.of(type)
                .orElseThrow(() -> Refusal.foreign(
                        "the constant " + Refusal.shown(name) + " has elements of the unknown type " + type));
        for (long axis : shape) {
            if (axis < 0) {
                throw Refusal.broken("the constant " + Refusal.shown(name) + " has an axis of " + axis);
            }
        }
        long elements;
        long bytes;
        try {
            elements = shape.stream().reduce(1L, Math::multiplyExact);
            bytes = known.bytes(elements);
        } catch (ArithmeticException e) {
            throw Refusal.broken("the constant " + Refusal.shown(name) + " declares more values than can be counted");
        }
        if (location == EXTERNAL) {
            return new OnnxTensor(name, known, shape, List.of(), Optional.of(place(known, bytes)));
        }
        if (location != 0 || !external.isEmpty()) {
            throw Refusal.unsafe("the constant " + Refusal.shown(name) + " does not say plainly where its bytes lie");
        }
        requireThere(known, elements, bytes);
        return new OnnxTensor(name, known, shape, values(known, elements), Optional.empty());
    }

    private void requireThere(ElementType known, long elements, long bytes) {
        long found = entries.getOrDefault(known.field(), 0L);
        long others = entries.values().stream().mapToLong(Long::longValue).sum() - found;
        boolean isThere = raw >= 0 && known != ElementType.STRING
                ? raw == bytes && found == 0
                : found == known.entries(elements) && raw < 0;
        if (!isThere || others != 0) {
            throw Refusal.broken("the constant " + Refusal.shown(name) + " declares " + elements + " values (" + bytes
                    + " bytes), and the file does not hold just these");
        }
    }

    private List<Double> values(ElementType known, long elements) {
        if (elements < 1 || elements > FEW) {
            return List.of();
        }
        if (raw < 0) {
            return few.size() == elements ? few : List.of();
        }
        ByteBuffer bytes = ByteBuffer.wrap(rawBytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Double> read = new ArrayList<>();
        for (int i = 0; i < elements; i++) {
            switch (known) {
                case FLOAT32 -> read.add((double) bytes.getFloat());
                case INT32 -> read.add((double) bytes.getInt());
                case INT64 -> read.add((double) bytes.getLong());
                default -> {
                    return List.of();
                }
            }
        }
        return read;
    }

    private OnnxTensor.External place(ElementType known, long bytes) {
        if (raw >= 0 || !entries.isEmpty() || known == ElementType.STRING) {
            throw Refusal.unsafe("the constant " + Refusal.shown(name) + " lies in the file and beside it");
        }
        for (String key : external.keySet()) {
            if (!List.of("location", "offset", "length", "checksum").contains(key)) {
                throw Refusal.unsafe(
                        "the constant " + Refusal.shown(name) + " has an unknown entry " + Refusal.shown(key));
            }
        }
        long length = external.containsKey("length") ? number("length") : bytes;
        if (length != bytes) {
            throw Refusal.unsafe(
                    "the constant " + Refusal.shown(name) + " declares " + bytes + " bytes and points at " + length);
        }
        return new OnnxTensor.External(
                external.getOrDefault("location", ""), external.containsKey("offset") ? number("offset") : 0, bytes);
    }

    private long number(String key) {
        String text = external.getOrDefault(key, "");
        if (!text.matches("[0-9]{1,18}")) {
            throw Refusal.unsafe("the constant " + Refusal.shown(name) + " has the " + key + " " + Refusal.shown(text));
        }
        return Long.parseLong(text);
    }
}
