package io.atelier.learn.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a table beside the pictures tells their classes. The table is UTF-8, its columns stand between tabs, its first line
 * names them.
 *
 * @param file the table's name
 * @param name the column with a picture's file name
 * @param keywords the column with its keywords, a {@code |} between two
 * @param where values that columns must have; pictures of other lines are left out
 * @param classes the classes in the order of their labels
 */
public record CaptionRule(
        String file, String name, String keywords, Map<String, String> where, List<KeywordRule> classes) {
    private static final Pattern BETWEEN = Pattern.compile("\\s*\\|\\s*");

    public CaptionRule {
        Objects.requireNonNull(file, "captions need a file");
        Objects.requireNonNull(name, "captions need the column of file names");
        Objects.requireNonNull(keywords, "captions need the column of keywords");
        where = Map.copyOf(Objects.requireNonNullElse(where, Map.of()));
        classes = List.copyOf(Objects.requireNonNull(classes, "captions need classes"));
    }

    /** The classes as folders, which is how {@link CaptionedFiles} shows them. */
    List<ClassRule> folders() {
        return classes.stream()
                .map(rule -> new ClassRule(rule.label(), Pattern.compile(Pattern.quote(rule.label())), 0))
                .toList();
    }

    /** The label of the picture that a line is about; empty when it is not wanted. */
    Optional<String> label(Map<String, String> line) {
        if (!line.entrySet().containsAll(where.entrySet())) {
            return Optional.empty();
        }
        Set<String> words =
                BETWEEN.splitAsStream(line.getOrDefault(keywords, "").strip()).collect(Collectors.toSet());
        return classes.stream().filter(rule -> rule.fits(words)).findFirst().map(KeywordRule::label);
    }
}
