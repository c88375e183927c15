package io.atelier.image.domain;

/**
 * How much painting may take.
 *
 * @param maxPixels most pixels of a photograph, as it comes and as it is painted
 * @param pixelsAtOnce most pixels of all photographs that are painted at once; as many as one may have, or more
 */
public record StylizeLimits(int maxPixels, int pixelsAtOnce) {
    /** The defaults, for tests and tools. */
    public static final StylizeLimits DEFAULT = new StylizeLimits(16_777_216, 16_777_216);
}
