package io.atelier.learn.recipe;

import java.util.List;
import java.util.stream.Stream;

/**
 * The figures of a recipe's evaluation that a version can be chosen by.
 *
 * @param higher those that are better when higher
 * @param lower those that are better when lower
 */
record Measures(List<String> higher, List<String> lower) {

    boolean isBetter(String name, double now, double before) {
        return lower.contains(name) ? now < before : now > before;
    }

    List<String> names() {
        return Stream.concat(higher.stream(), lower.stream()).toList();
    }
}
