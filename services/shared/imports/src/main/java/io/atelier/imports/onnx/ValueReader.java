package io.atelier.imports.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one ValueInfoProto: the name, type and axes of an input or output. */
final class ValueReader {
    private final Wire wire;
    private String name = "";
    private Optional<ElementType> type = Optional.empty();
    private Optional<List<Long>> shape = Optional.empty();

    private ValueReader(Wire wire) {
        this.wire = wire;
    }

    /** The value that is this field's value. */
    static OnnxValue read(Wire wire) throws IOException {
        ValueReader reader = new ValueReader(wire);
        wire.message("an input or output", Wire.once(1, 2, 3), number -> switch (number) {
            case 1 -> {
                reader.name = wire.name();
                yield true;
            }
            case 2 -> reader.type();
            default -> false;
        });
        return new OnnxValue(reader.name, reader.type, reader.shape);
    }

    private boolean type() throws IOException {
        wire.message("a type", Wire.once(1, 4, 5, 7, 8, 9), number -> number == 1 && tensor());
        return true;
    }

    private boolean tensor() throws IOException {
        wire.message("a tensor's type", Wire.once(1, 2), number -> switch (number) {
            case 1 -> {
                type = ElementType.of(wire.whole());
                yield true;
            }
            case 2 -> axes();
            default -> false;
        });
        return true;
    }

    private boolean axes() throws IOException {
        List<Long> found = new ArrayList<>();
        wire.message("a shape", 0, number -> number == 1 && axis(found));
        shape = Optional.of(List.copyOf(found));
        return true;
    }

    private boolean axis(List<Long> found) throws IOException {
        if (found.size() == OnnxLimits.MAX_AXES) {
            throw Refusal.tooLarge("axes of a tensor", OnnxLimits.MAX_AXES);
        }
        long[] size = {-1};
        wire.message("an axis", Wire.once(1, 2), number -> {
            if (number != 1) {
                return false;
            }
            size[0] = wire.whole();
            if (size[0] < 0) {
                throw Refusal.broken("the input or output " + Refusal.shown(name) + " declares an axis of " + size[0]);
            }
            return true;
        });
        found.add(size[0]);
        return true;
    }
}
