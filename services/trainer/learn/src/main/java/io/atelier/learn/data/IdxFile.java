package io.atelier.learn.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file of unsigned bytes, plain or {@code .gz}.
 *
 * @param dimensions its axes, outermost first
 * @param bytes row-major
 * @see <a href="https://yann.lecun.org/exdb/mnist/">The IDX file format, at the end of the MNIST page</a>
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
record IdxFile(int[] dimensions, byte[] bytes) {
    /** Magic number of images: unsigned bytes on three axes. */
    static final int IMAGES = 2051;
    /** Magic number of labels: unsigned bytes on one axis. */
    static final int LABELS = 2049;

    /** Reads a file and closes it. */
    static IdxFile read(IdxFiles.Opened file, int magic, ReadLimits limits) {
        String name = file.shown();
        LongSupplier stored = file.compressed().orElse(() -> Long.MAX_VALUE);
        try (InputStream raw = new BoundedInput(file.bytes(), name, limits.totalBytes(), limits.ratio(), stored);
                BoundedInput.Counter counter = new BoundedInput.Counter(raw);
                InputStream plain = file.packed() ? new GZIPInputStream(counter, 1 << 16) : counter;
                DataInputStream in = new DataInputStream(new BufferedInputStream(
                        new BoundedInput(plain, name, limits.totalBytes(), limits.ratio(), counter::passed),
                        1 << 16))) {
            return read(name, in, magic, limits);
        } catch (EOFException e) {
            throw Unusable.data(
                    name + " ends too early",
                    "an IDX file holds as many bytes as its header announces",
                    "Download it again.",
                    e);
        } catch (IOException e) {
            throw Unusable.unreadable(name, e);
        }
    }

    private static IdxFile read(String file, DataInputStream in, int magic, ReadLimits limits) throws IOException {
        int found = in.readInt();
        if (found != magic) {
            throw Unusable.data(
                    file + " starts with " + found,
                    "IDX images start with 2051, labels with 2049",
                    "Check that image and label files are not swapped or of another format.");
        }
        int[] dimensions = new int[magic & 0xFF];
        long size = 1;
        for (int axis = 0; axis < dimensions.length; axis++) {
            dimensions[axis] = in.readInt();
            if (dimensions[axis] < 1) {
                throw Unusable.data(
                        file + " has an axis of " + dimensions[axis], "every axis is at least 1", "Download it again.");
            }
            size *= dimensions[axis]; // below 2^62: refused from 2^31 on
            if (size > Math.min(limits.values(), Integer.MAX_VALUE - 16)) {
                throw Unusable.tooLarge(
                        file + " announces more than " + limits.values() + " values",
                        "at most " + limits.values(),
                        "Split the file or raise the limit.");
            }
        }
        if (dimensions.length == 3 && (long) dimensions[1] * dimensions[2] > limits.pixels()) {
            throw Unusable.data(
                    file + " has pictures of " + dimensions[2] + "x" + dimensions[1],
                    "at most " + limits.pixels() + " pixels",
                    "Make them smaller.");
        }
        // Grows with what really comes, so that a header alone reserves no memory.
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw Unusable.data(
                    file + " ends within record " + bytes.length / (size / dimensions[0]) + " of " + dimensions[0],
                    "an IDX file holds as many bytes as its header announces",
                    "Download it again.");
        }
        if (in.read() >= 0) {
            throw Unusable.data(
                    file + " goes on after its last value",
                    "an IDX file holds as many bytes as its header announces",
                    "Download it again.");
        }
        return new IdxFile(dimensions, bytes);
    }
}
