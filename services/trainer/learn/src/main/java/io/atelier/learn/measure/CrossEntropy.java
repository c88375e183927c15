package io.atelier.learn.measure;

/** How far a classifier is from certain and right. */
public final class CrossEntropy {
    private CrossEntropy() {}

    /**
     * The mean negative log-likelihood in nats.
     *
     * @param labels (n), the right classes
     * @param logits (n, classes), row-major
     */
    public static double mean(int[] labels, float[] logits, int classes) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            int row = i * classes;
            double most = Double.NEGATIVE_INFINITY;
            for (int label = 0; label < classes; label++) {
                most = Math.max(most, logits[row + label]);
            }
            double all = 0;
            for (int label = 0; label < classes; label++) {
                all += StrictMath.exp(logits[row + label] - most);
            }
            sum += most + StrictMath.log(all) - logits[row + labels[i]];
        }
        return sum / labels.length;
    }
}
