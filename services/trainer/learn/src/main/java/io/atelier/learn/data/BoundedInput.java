package io.atelier.learn.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Stops a stream at a byte count, and a decompressed one at a ratio to the compressed bytes read so far. */
final class BoundedInput extends FilterInputStream {
    private static final long RATIO_FROM = 1 << 20;

    private final String name;
    private final long maxBytes;
    private final int maxRatio;
    private final LongSupplier compressed;
    private long count;

    BoundedInput(InputStream in, String name, long maxBytes, int maxRatio, LongSupplier compressed) {
        super(in);
        this.name = name;
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
        this.compressed = compressed;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            counted(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n > 0) {
            counted(n);
        }
        return n;
    }

    private void counted(int n) {
        count += n;
        if (count > maxBytes) {
            throw Unusable.tooLarge(
                    name + " is too large", "at most " + maxBytes + " bytes", "Leave it out or make it smaller.");
        }
        if (count > RATIO_FROM && count / Math.max(1, compressed.getAsLong()) >= maxRatio) {
            throw Unusable.tooLarge(
                    name + " expands too much",
                    "at most " + maxRatio + " bytes from one",
                    "This looks like a decompression bomb; unpack it yourself if you trust it.");
        }
    }

    /** Counts the compressed bytes that pass. */
    static final class Counter extends FilterInputStream {
        private long passed;

        Counter(InputStream in) {
            super(in);
        }

        long passed() {
            return passed;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            passed += value >= 0 ? 1 : 0;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            passed += Math.max(0, n);
            return n;
        }
    }
}
