package io.atelier.learn.data;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One class of a set.
 *
 * @param label the class's name
 * @param folders matches the whole name of each folder that belongs to it, relative to the pictures' common root
 * @param minCover least share of pixels that are opaque, beside the set's own
 */
public record ClassRule(String label, Pattern folders, double minCover) {
    public ClassRule {
        Objects.requireNonNull(label, "a class needs a label");
        Objects.requireNonNull(folders, "a class needs folders");
    }
}
