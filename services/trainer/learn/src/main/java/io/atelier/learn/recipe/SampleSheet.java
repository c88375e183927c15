package io.atelier.learn.recipe;

import io.atelier.inference.raw.RawLoop;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import io.atelier.learn.train.Latents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

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
    static SampleSheet write(Path folder, String graph, LabelledPictures form, int latent) {
        LabelledPictures made = make(folder.resolve(graph), form, latent);
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

    private static LabelledPictures make(Path graph, LabelledPictures form, int latent) {
        int[] labels = Labels.balanced(form.classes(), MOST);
        int size = form.pictureSize();
        float[] pixels = new float[labels.length * size];
        try (RawLoop loop = RawLoop.open(graph, 1)) { // one thread, so that the same graph gives the same bytes
            for (int from = 0; from < labels.length; from += Latents.AT_ONCE) {
                int count = Math.min(Latents.AT_ONCE, labels.length - from);
                float[] noise = Latents.of(SEED, from, count, latent);
                for (int i = 0; i < count; i++) {
                    float[] own = Arrays.copyOfRange(noise, i * latent, (i + 1) * latent);
                    System.arraycopy(loop.run(own, labels[from + i]), 0, pixels, (from + i) * size, size);
                }
            }
        }
        return new LabelledPictures(form.channels(), form.height(), form.width(), pixels, labels, form.labelNames());
    }

    /** The card's section. */
    String text(String graph) {
        return "![Made pictures, a row for each label](%s)\n\nMade by `%s` on ONNX Runtime from seed %d: the first %d of each label, none chosen."
                .formatted(FILE, graph, SEED, perClass);
    }
}
