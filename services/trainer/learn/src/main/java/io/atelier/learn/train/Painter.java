package io.atelier.learn.train;

/** A style network, whichever runtime it runs on. */
@FunctionalInterface
public interface Painter {
    /**
     * Paints one photograph.
     *
     * @param photograph (3, height, width) in 0..1, sides multiples of 16
     * @param style how much of each painting
     * @param seed what the noise comes from
     * @return (3, height, width) in 0..1
     */
    float[] paint(float[] photograph, int height, int width, float[] style, long seed);
}
