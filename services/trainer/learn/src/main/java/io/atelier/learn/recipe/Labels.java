package io.atelier.learn.recipe;

import java.util.stream.IntStream;

/** Labels to make pictures for. */
final class Labels {
    private Labels() {}

    /** Every class equally often, in turn. */
    static int[] balanced(int classes, int perClass) {
        return IntStream.range(0, classes * perClass).map(i -> i % classes).toArray();
    }

    /** These labels over and over. */
    static int[] repeated(int[] labels, int times) {
        return IntStream.range(0, labels.length * times)
                .map(i -> labels[i % labels.length])
                .toArray();
    }
}
