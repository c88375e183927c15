package io.atelier.learn.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures with a class each. Arrays are shared, not copied: treat them as read-only.
 *
 * @param channels 1 grey, 3 RGB, 4 RGBA with premultiplied colour
 * @param height in pixels
 * @param width in pixels
 * @param pixels (n, channels, height, width), row-major, -1..1
 * @param labels (n), indices into {@code labelNames}
 * @param labelNames the classes' names in the order of their indices
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
public record LabelledPictures(
        int channels, int height, int width, float[] pixels, int[] labels, List<String> labelNames) {

    public LabelledPictures {
        labelNames = List.copyOf(labelNames);
        if (pixels.length != (long) labels.length * channels * height * width) {
            throw new IllegalArgumentException(labels.length + " labels need "
                    + (long) labels.length * channels * height * width + " values, not " + pixels.length);
        }
        for (int label : labels) {
            if (label < 0 || label >= labelNames.size()) {
                throw new IllegalArgumentException("label " + label + " is outside 0.." + (labelNames.size() - 1));
            }
        }
    }

    public int count() {
        return labels.length;
    }

    public int classes() {
        return labelNames.size();
    }

    /** Values of one picture: channels x height x width. */
    public int pictureSize() {
        return channels * height * width;
    }

    /** A copy of one picture, (channels, height, width). */
    public float[] picture(int index) {
        return Arrays.copyOfRange(pixels, index * pictureSize(), (index + 1) * pictureSize());
    }

    /** How many pictures each class has. */
    public int[] countsByClass() {
        int[] counts = new int[classes()];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** The pictures at these indices, in their order. */
    public LabelledPictures select(int... indices) {
        int size = pictureSize();
        float[] chosen = new float[Math.multiplyExact(indices.length, size)];
        int[] chosenLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(pixels, indices[i] * size, chosen, i * size, size);
            chosenLabels[i] = labels[indices[i]];
        }
        return new LabelledPictures(channels, height, width, chosen, chosenLabels, labelNames);
    }

    /** The first pictures, at most {@code limit}. */
    public LabelledPictures first(int limit) {
        return limit >= count() ? this : select(IntStream.range(0, limit).toArray());
    }
}
