package io.atelier.inference;

/** A tensor whose first axis counts rows: one row is one work, whatever batch it shares. */
public sealed interface Rows {

    /** The shape of one row, without the batch axis. */
    long[] rowShape();

    /** How many rows. */
    int count();

    /**
     * Float32 rows.
     *
     * @param values (count, ...rowShape), row-major
     */
    record Floats(int count, long[] rowShape, float[] values) implements Rows {}

    /**
     * Int64 rows.
     *
     * @param values (count, ...rowShape), row-major
     */
    record Longs(int count, long[] rowShape, long[] values) implements Rows {}
}
