package io.atelier.image.domain;

import io.atelier.kernel.Seeds;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The Gaussian numbers that a request's pictures are made from. A picture's depend on the seed and its index alone; on a
 * walk they lie between those of two seeds, as far along as the picture, on the arc that keeps their length.
 *
 * @param seed of all numbers, on a walk of the first picture's
 * @param walkTo the seed of the last picture's on a walk
 * @param count how many pictures
 * @param truncation what numbers are multiplied by
 * @see <a href="https://arxiv.org/abs/1609.04468">White, Sampling generative networks, section 2.1, on the arc</a>
 */
record Noise(long seed, OptionalLong walkTo, int count, double truncation) {

    /** The numbers of one picture. */
    float[] of(int index, int size) {
        float[] numbers = walkTo.isPresent()
                ? between(
                        Seeds.gaussians(Seeds.derive(seed, 0), size),
                        Seeds.gaussians(Seeds.derive(walkTo.getAsLong(), 0), size),
                        (double) index / (count - 1))
                : Seeds.gaussians(Seeds.derive(seed, index), size);
        for (int i = 0; i < size; i++) {
            numbers[i] *= (float) truncation;
        }
        return numbers;
    }

    /** The numbers of all pictures, one picture after another. */
    float[] all(int size) {
        float[] all = new float[count * size];
        for (int i = 0; i < count; i++) {
            System.arraycopy(of(i, size), 0, all, i * size, size);
        }
        return all;
    }

    /** What of this shapes pictures beside seed and index, by the request's own names. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        if (walkTo.isPresent()) {
            parameters.put("walk_to_seed", Long.toString(walkTo.getAsLong()));
            parameters.put("count", Integer.toString(count));
        }
        if (truncation != 1) {
            parameters.put("truncation", Double.toString(truncation));
        }
        return parameters;
    }

    private static float[] between(float[] from, float[] to, double part) {
        double angle = StrictMath.acos(Math.clamp(cosine(from, to), -1, 1));
        double sine = StrictMath.sin(angle);
        boolean straight = sine < 1e-6; // the arc between equal or opposite numbers has no one direction
        double first = straight ? 1 - part : StrictMath.sin((1 - part) * angle) / sine;
        double second = straight ? part : StrictMath.sin(part * angle) / sine;
        float[] between = new float[from.length];
        for (int i = 0; i < between.length; i++) {
            between[i] = (float) (first * from[i] + second * to[i]);
        }
        return between;
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(lengthA) * Math.sqrt(lengthB);
        return lengths == 0 ? 1 : product / lengths;
    }
}
