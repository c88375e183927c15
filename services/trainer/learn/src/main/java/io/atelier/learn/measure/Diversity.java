package io.atelier.learn.measure;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How varied pictures of one class are: the mean Euclidean distance of all pairs within a class, averaged over classes.
 *
 * <pre>D = mean over classes c of  2 / (m(m-1)) · Σ_{i&lt;j} |fᵢ - fⱼ|</pre>
 *
 * Compare it with the same figure of real pictures; below it the generator repeats itself.
 *
 * @see <a href="https://arxiv.org/abs/1711.11586">Zhu et al., Toward multimodal image-to-image translation (2017),
 *     section 4, which measures diversity by the mean distance of random pairs</a>
 */
public final class Diversity {
    private static final int FEWEST = 4;

    private Diversity() {}

    /**
     * The mean over classes with at least 4 members.
     *
     * @param features one vector per picture
     * @param labels the pictures' classes, 0 to classes - 1
     * @param cap the members of a class that count, its first ones
     */
    public static double withinClasses(Features features, int[] labels, int classes, int cap) {
        return IntStream.range(0, classes)
                .mapToObj(label -> IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == label)
                        .limit(cap)
                        .toArray())
                .filter(members -> members.length >= FEWEST)
                .mapToDouble(members -> meanDistance(features, members))
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no class has " + FEWEST + " members"));
    }

    private static double meanDistance(Features features, int[] members) {
        double sum = 0;
        for (int i = 1; i < members.length; i++) {
            int b = members[i];
            sum += Arrays.stream(members, 0, i)
                    .mapToDouble(a -> features.distance(a, b))
                    .sum();
        }
        return sum / (members.length * (members.length - 1) / 2.0);
    }
}
