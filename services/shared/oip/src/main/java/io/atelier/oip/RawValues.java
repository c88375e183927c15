package io.atelier.oip;

import io.atelier.inference.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian values without anything between them. */
public final class RawValues implements Values {
    private final ByteBuffer bytes;

    /** @param bytes from its position to its limit; not changed */
    public RawValues(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public float[] floats(String input, int count) {
        check(input, count, Float.BYTES);
        float[] values = new float[count];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    @Override
    public long[] longs(String input, int count) {
        check(input, count, Long.BYTES);
        long[] values = new long[count];
        bytes.asLongBuffer().get(values);
        return values;
    }

    private void check(String input, int count, int width) {
        long wanted = (long) count * width;
        if (bytes.remaining() != wanted) {
            throw Refusals.length(input, wanted + " bytes", bytes.remaining() + " bytes")
                    .exception();
        }
    }

    /** An output's values in this form. */
    public static ByteBuffer of(Output output) {
        ByteBuffer raw = ByteBuffer.allocate(Math.toIntExact(output.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        switch (output.rows()) {
            case Rows.Floats floats -> raw.asFloatBuffer().put(floats.values());
            case Rows.Longs longs -> raw.asLongBuffer().put(longs.values());
        }
        return raw;
    }
}
