package io.atelier.learn.data;

/**
 * A picture of its own size.
 *
 * @param name its file's, without folder and ending
 * @param height in pixels
 * @param width in pixels
 * @param pixels (3, height, width), red, green and blue in -1..1
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
public record NamedPicture(String name, int height, int width, float[] pixels) {}
