package io.atelier.oip;

import io.atelier.inference.GraphSignature.Element;

/** The protocol's data types that graphs here have. */
public enum Datatype {
    FP32(Float.BYTES),
    INT64(Long.BYTES);

    private final int bytes;

    Datatype(int bytes) {
        this.bytes = bytes;
    }

    /** The size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    public static Datatype of(Element element) {
        return switch (element) {
            case FLOAT32 -> FP32;
            case INT64 -> INT64;
        };
    }
}
