package io.atelier.learn.measure;

import io.atelier.learn.data.LabelledPictures;
import java.util.Arrays;

/**
 * Each picture's nearest neighbour in a training set, to find copies. The distance is the root mean square difference
 * over all channels of the pictures (premultiplied where they have alpha), on a scale of 0..1:
 *
 * <pre>d(a) = minₓ √( mean over channels and pixels of ((a - x) / 2)² )</pre>
 *
 * Compare with held-out real pictures: they too have near twins.
 *
 * @param distances the distance of each picture
 * @param indices which training picture is nearest, the first of equals
 * @see <a href="https://arxiv.org/abs/1511.01844">Theis et al., A note on the evaluation of generative models (2016),
 *     section 3.3 on nearest neighbours</a>
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
public record Nearest(float[] distances, int[] indices) {

    public static Nearest of(LabelledPictures pictures, LabelledPictures training) {
        int size = pictures.pictureSize();
        if (size != training.pictureSize() || training.count() == 0) {
            throw new IllegalArgumentException("pictures of " + size + " values have no nearest among "
                    + training.count() + " of " + training.pictureSize());
        }
        float[] distances = new float[pictures.count()];
        int[] indices = new int[pictures.count()];
        for (int i = 0; i < distances.length; i++) {
            double best = Double.POSITIVE_INFINITY;
            for (int k = 0; k < training.count(); k++) {
                double squares = squares(pictures.pixels(), i * size, training.pixels(), k * size, size, best);
                if (squares < best) {
                    best = squares;
                    indices[i] = k;
                }
            }
            distances[i] = (float) (Math.sqrt(best / size) / 2);
        }
        return new Nearest(distances, indices);
    }

    /** The sum of squared differences, or some larger number than {@code enough} once it is passed. */
    private static double squares(float[] a, int fromA, float[] b, int fromB, int size, double enough) {
        double sum = 0;
        for (int start = 0; start < size && sum < enough; start += 64) {
            float part = 0;
            for (int i = start; i < Math.min(size, start + 64); i++) {
                float difference = a[fromA + i] - b[fromB + i];
                part += difference * difference;
            }
            sum += part;
        }
        return sum;
    }

    /** The middle distance, the mean of the two middle ones of an even number. */
    public double median() {
        float[] sorted = distances.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The share of pictures nearer than a distance, such as 0.05. */
    public double shareBelow(double distance) {
        int below = 0;
        for (float d : distances) {
            below += d < distance ? 1 : 0;
        }
        return (double) below / distances.length;
    }
}
