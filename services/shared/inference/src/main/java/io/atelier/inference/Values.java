package io.atelier.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A buffer outside the heap that holds up to {@code capacity} rows of one tensor, and the tensors over its first rows, one
 * for each batch size that came up. Rows are copied once in and once out. Used by one thread at a time.
 */
final class Values implements AutoCloseable {
    private final OrtEnvironment environment;
    private final Axes axes;
    private final long[] rowShape;
    private final int rowSize;
    private final ByteBuffer bytes;
    private final List<Sized> tensors = new ArrayList<>();

    Values(OrtEnvironment environment, Axes axes, long[] rowShape, int capacity) {
        this.environment = environment;
        this.axes = axes;
        this.rowShape = rowShape;
        this.rowSize = Axes.size(rowShape);
        this.bytes = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(rowSize, axes.width()), capacity))
                .order(ByteOrder.nativeOrder());
    }

    String name() {
        return axes.name();
    }

    OnnxTensor tensor(int rows) throws OrtException {
        for (Sized one : tensors) {
            if (one.rows == rows) {
                return one.tensor;
            }
        }
        long[] shape = Axes.batch(rows, rowShape);
        OnnxTensor made = axes.floats()
                ? OnnxTensor.createTensor(environment, bytes.asFloatBuffer().limit(rows * rowSize), shape)
                : OnnxTensor.createTensor(environment, bytes.asLongBuffer().limit(rows * rowSize), shape);
        tensors.add(new Sized(rows, made));
        return made;
    }

    /** Copies {@code count} rows in, to row {@code at} of the batch. */
    void put(Rows from, int first, int count, int at) {
        switch (from) {
            case Rows.Floats floats ->
                bytes.asFloatBuffer().put(at * rowSize, floats.values(), first * rowSize, count * rowSize);
            case Rows.Longs longs ->
                bytes.asLongBuffer().put(at * rowSize, longs.values(), first * rowSize, count * rowSize);
        }
    }

    /** Copies {@code count} rows out, from row {@code at} of the batch. */
    void get(Rows to, int first, int count, int at) {
        switch (to) {
            case Rows.Floats floats ->
                bytes.asFloatBuffer().get(at * rowSize, floats.values(), first * rowSize, count * rowSize);
            case Rows.Longs longs ->
                bytes.asLongBuffer().get(at * rowSize, longs.values(), first * rowSize, count * rowSize);
        }
    }

    /** Rows to copy out to. */
    Rows rows(int count) {
        return rows(axes, count, rowShape);
    }

    static Rows rows(Axes axes, int count, long[] shape) {
        int size = Math.multiplyExact(Axes.size(shape), count);
        return axes.floats()
                ? new Rows.Floats(count, shape, new float[size])
                : new Rows.Longs(count, shape, new long[size]);
    }

    @Override
    public void close() {
        tensors.forEach(one -> one.tensor.close());
        tensors.clear();
    }

    private record Sized(int rows, OnnxTensor tensor) {}
}
