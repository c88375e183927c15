package io.atelier.learn.measure;

import io.atelier.learn.data.LabelledPictures;

/**
 * One vector per picture, such as a judge's penultimate layer. The array is shared, not copied.
 *
 * @param count how many vectors
 * @param width values of one vector
 * @param values (count, width), row-major
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
public record Features(int count, int width, float[] values) {
    public Features {
        if (count < 0 || width < 1 || values.length != (long) count * width) {
            throw new IllegalArgumentException(
                    count + " vectors of " + width + " need " + (long) count * width + " values, not " + values.length);
        }
    }

    /**
     * The pictures themselves as vectors: values in 0..1 divided by the square root of their number, so that the
     * Euclidean distance of two vectors is the root mean square difference of the two pictures.
     */
    public static Features ofPixels(LabelledPictures pictures) {
        double scale = 0.5 / Math.sqrt(pictures.pictureSize());
        float[] values = new float[pictures.pixels().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((pictures.pixels()[i] + 1) * scale);
        }
        return new Features(pictures.count(), pictures.pictureSize(), values);
    }

    /** The Euclidean distance of two of the vectors. */
    double distance(int a, int b) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            double difference = values[a * width + i] - values[b * width + i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
