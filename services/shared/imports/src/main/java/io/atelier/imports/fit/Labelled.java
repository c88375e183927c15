package io.atelier.imports.fit;

import java.util.List;
import java.util.stream.LongStream;

/** Names for a model's classes. */
final class Labelled {
    /** Most classes; their names must fit into model.json. */
    private static final long MOST = 50_000;

    private Labelled() {}

    /** The told ones, which must be as many as there are; else their numbers. */
    static List<String> of(long classes, Told told) {
        if (!told.labels().isEmpty() && told.labels().size() != classes) {
            throw Unfit.undecided(
                    "--labels",
                    "FILE",
                    "The model has " + classes + " classes, and the file of labels has "
                            + told.labels().size() + " lines");
        }
        if (classes > MOST) {
            throw Unfit.undecided(
                    "--labels", "FILE", "The model has " + classes + " classes; " + MOST + " are the most");
        }
        return told.labels().isEmpty()
                ? LongStream.range(0, classes).mapToObj(Long::toString).toList()
                : told.labels();
    }

    static String line(List<String> labels, Told told, String how) {
        return labels.size() + " classes (" + how + "), "
                + (told.labels().isEmpty() ? "named by their numbers (--labels names them)" : "named as told");
    }
}
