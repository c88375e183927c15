package io.atelier.learn.recipe;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The pictures that a generator's card shows: of each class the first few of a fixed seed, as the exported graph makes
 * them on ONNX Runtime, none chosen by hand.
 *
 * @param perClass how many
 */
record SampleSheet(int perClass) {
    static final String FILE = "samples.png";
    static final long MAX_BYTES = 200_000;
    static final long SEED = 11;

    private static final int MOST = 12;
    private static final int LEAST = 2;

    /** Makes pictures by a package's graph and writes the largest sheet of them that stays within the limit. */
    static SampleSheet write(Path folder, int classes, Maker graph) {
        LabelledPictures made = graph.make(Labels.balanced(classes, MOST), SEED);
        Path file = folder.resolve(FILE);
        try {
            for (int perClass = MOST; perClass >= LEAST; perClass -= 2) {
                ContactSheet.byClass(made, perClass, SheetStyle.DARK).write(file);
                if (Files.size(file) <= MAX_BYTES) {
                    return new SampleSheet(perClass);
                }
            }
            throw new IllegalStateException("two pictures of each class need more than " + MAX_BYTES + " bytes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The card's section. */
    String text(String graph) {
        return "![Made pictures, a row for each label](%s)\n\nMade by `%s` on ONNX Runtime from seed %d: the first %d of each label, none chosen."
                .formatted(FILE, graph, SEED, perClass);
    }
}
