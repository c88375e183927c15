package io.atelier.inference.flow;

/** Where values move at a time. */
@FunctionalInterface
public interface Field {

    /** The velocity of each value; the values are not changed. */
    float[] at(float[] values, float time);
}
