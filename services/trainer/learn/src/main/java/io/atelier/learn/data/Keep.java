package io.atelier.learn.data;

/**
 * Which pictures of a class are worth learning. A pixel counts as opaque above half alpha.
 *
 * @param minBox least longer side, in pixels less one, of the box around the opaque pixels; drops small icons
 * @param minCover least share of opaque pixels
 * @param distinct whether a picture with the same pixels as an earlier one is left out
 */
public record Keep(int minBox, double minCover, boolean distinct) {
    /** Everything is kept. */
    public static final Keep ALL = new Keep(0, 0, false);
}
