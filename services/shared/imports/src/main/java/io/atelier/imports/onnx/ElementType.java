package io.atelier.imports.onnx;

import java.util.Arrays;
import java.util.Optional;

/** The element types of ONNX, with the bits of an element and the field that holds elements which are not raw. */
public enum ElementType {
    FLOAT32(1, 32, Field.FLOATS),
    UINT8(2, 8, Field.INT32),
    INT8(3, 8, Field.INT32),
    UINT16(4, 16, Field.INT32),
    INT16(5, 16, Field.INT32),
    INT32(6, 32, Field.INT32),
    INT64(7, 64, Field.INT64),
    STRING(8, 0, Field.STRINGS),
    BOOL(9, 8, Field.INT32),
    FLOAT16(10, 16, Field.INT32),
    FLOAT64(11, 64, Field.DOUBLES),
    UINT32(12, 32, Field.UINT64),
    UINT64(13, 64, Field.UINT64),
    BFLOAT16(16, 16, Field.INT32),
    FLOAT8E4M3FN(17, 8, Field.INT32),
    FLOAT8E4M3FNUZ(18, 8, Field.INT32),
    FLOAT8E5M2(19, 8, Field.INT32),
    FLOAT8E5M2FNUZ(20, 8, Field.INT32),
    UINT4(21, 4, Field.INT32),
    INT4(22, 4, Field.INT32);

    /** A field of TensorProto. */
    enum Field {
        FLOATS,
        INT32,
        STRINGS,
        INT64,
        DOUBLES,
        UINT64
    }

    private final int number;
    private final int bits;
    private final Field field;

    ElementType(int number, int bits, Field field) {
        this.number = number;
        this.bits = bits;
        this.field = field;
    }

    /** The type's name in model.json. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Optional<ElementType> of(long number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    Field field() {
        return field;
    }

    /** How many bytes so many elements take; throws ArithmeticException where no number says it. */
    long bytes(long elements) {
        return Math.addExact(Math.multiplyExact(elements, (long) bits), 7) / 8;
    }

    /** How many entries of its field so many elements take. */
    long entries(long elements) {
        return bits == 4 ? (elements + 1) / 2 : elements;
    }
}
