package io.atelier.learn.measure;

import java.util.Arrays;

/**
 * What a judge took each class for. On real pictures {@link #share} is the judge's accuracy, on generated ones the
 * recognised share: how many are taken for the class they were asked to be.
 *
 * @param counts (class, judged as)
 * @see <a href="https://arxiv.org/abs/1807.09499">Shmelkov et al., How good is my GAN? (2018)</a>
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
public record Confusion(long[][] counts) {

    /**
     * Counts judgements.
     *
     * @param labels the true or wanted classes (n)
     * @param scores the judge's logits or probabilities (n, classes), row-major; the first of equal scores wins
     */
    public static Confusion of(int[] labels, float[] scores, int classes) {
        if (scores.length != (long) labels.length * classes) {
            throw new IllegalArgumentException(
                    labels.length + " labels need " + (long) labels.length * classes + " scores, not " + scores.length);
        }
        int[] judged = new int[labels.length];
        for (int row = 0; row < labels.length; row++) {
            for (int k = 1; k < classes; k++) {
                judged[row] = scores[row * classes + k] > scores[row * classes + judged[row]] ? k : judged[row];
            }
        }
        return of(labels, judged, classes);
    }

    /** Counts judgements given as classes. */
    public static Confusion of(int[] labels, int[] judged, int classes) {
        long[][] counts = new long[classes][classes];
        for (int row = 0; row < labels.length; row++) {
            counts[labels[row]][judged[row]]++;
        }
        return new Confusion(counts);
    }

    /** The share judged as what they are: accuracy, or recognised share. NaN when nothing was judged. */
    public double share() {
        long all = 0;
        long right = 0;
        for (int label = 0; label < counts.length; label++) {
            all += Arrays.stream(counts[label]).sum();
            right += counts[label][label];
        }
        return (double) right / all;
    }

    /** The same share for each class; NaN for a class of which there was none. */
    public double[] shareByClass() {
        double[] shares = new double[counts.length];
        for (int label = 0; label < shares.length; label++) {
            shares[label] =
                    (double) counts[label][label] / Arrays.stream(counts[label]).sum();
        }
        return shares;
    }
}
