package io.atelier.learn.data;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;

/**
 * A class of captioned pictures. A picture belongs to the first class of its set that its keywords fit.
 *
 * @param label the class's name
 * @param any it needs one of these keywords
 * @param none and has none of these
 */
public record KeywordRule(String label, Set<String> any, Set<String> none) {
    public KeywordRule {
        Objects.requireNonNull(label, "a class needs a label");
        any = Set.copyOf(Objects.requireNonNull(any, "a class needs keywords"));
        none = Set.copyOf(Objects.requireNonNullElse(none, Set.of()));
    }

    boolean fits(Set<String> keywords) {
        return !Collections.disjoint(any, keywords) && Collections.disjoint(none, keywords);
    }
}
