package io.atelier.oip;

/**
 * An input's values as they came, row-major; read once the graph has said what they must be. Each method allocates nothing
 * that the bytes which came do not justify, and throws WRONG_LENGTH when there are more or fewer values, or WRONG_DATATYPE
 * when they are of another kind.
 */
public interface Values {

    /** As float32. */
    float[] floats(String input, int count);

    /** As int64. */
    long[] longs(String input, int count);
}
