package io.atelier.learn.measure;

/**
 * How evenly classes are filled: the entropy of their shares over the entropy of equal shares,
 *
 * <pre>B = -Σ pₖ ln pₖ / ln K</pre>
 *
 * 1 when all classes are equally full, 0 when one holds everything (Pielou's evenness).
 *
 * @see <a href="https://doi.org/10.1016/0022-5193(66)90013-0">Pielou, The measurement of diversity in different types
 *     of biological collections (1966)</a>
 */
public final class LabelBalance {
    private LabelBalance() {}

    /** The evenness of class counts; at least two classes and one member. */
    public static double of(int... counts) {
        long all = 0;
        for (int count : counts) {
            all += count;
        }
        if (counts.length < 2 || all == 0) {
            throw new IllegalArgumentException("balance needs two classes and a member, not " + counts.length
                    + " classes and " + all + " members");
        }
        double entropy = 0;
        for (int count : counts) {
            double share = (double) count / all;
            entropy -= count == 0 ? 0 : share * Math.log(share);
        }
        return entropy / Math.log(counts.length);
    }
}
