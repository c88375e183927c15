package io.atelier.learn.sheet;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.measure.Nearest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A grid of pictures. Immutable; {@link #write} makes the PNG.
 *
 * @see io.atelier.learn.sheet.SheetStyle
 */
public final class ContactSheet {
    private static final int MAX_SIDE = 16_384;

    private final SheetStyle style;
    private final List<Row> rows;

    /** One row: a label and, left to right, indices into pictures. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(String label, LabelledPictures pictures, int[] indices) {}

    private ContactSheet(SheetStyle style, List<Row> rows) {
        this.style = style;
        this.rows = List.copyOf(rows);
    }

    /** A row for each class, with its first pictures. */
    public static ContactSheet byClass(LabelledPictures pictures, int perClass, SheetStyle style) {
        List<Row> rows = new ArrayList<>();
        for (int label = 0; label < pictures.classes(); label++) {
            int wanted = label;
            int[] members = IntStream.range(0, pictures.count())
                    .filter(i -> pictures.labels()[i] == wanted)
                    .limit(perClass)
                    .toArray();
            rows.add(new Row(pictures.labelNames().get(label), pictures, members));
        }
        return new ContactSheet(style, rows);
    }

    /** Pairs of rows: made pictures, and below each its nearest training picture. */
    public static ContactSheet nearest(
            LabelledPictures made, LabelledPictures training, Nearest nearest, int columns, SheetStyle style) {
        List<Row> rows = new ArrayList<>();
        for (int from = 0; from < made.count(); from += columns) {
            int[] shown = IntStream.range(from, Math.min(made.count(), from + columns))
                    .toArray();
            int[] near = IntStream.of(shown).map(i -> nearest.indices()[i]).toArray();
            rows.add(new Row("made", made, shown));
            rows.add(new Row("nearest", training, near));
        }
        return new ContactSheet(style, rows);
    }

    /** Rows by their labels, each with all of its pictures; the pictures of a row are of one form. */
    public static ContactSheet ofRows(Map<String, LabelledPictures> pictures, SheetStyle style) {
        List<Row> rows = new ArrayList<>();
        pictures.forEach((label, row) ->
                rows.add(new Row(label, row, IntStream.range(0, row.count()).toArray())));
        return new ContactSheet(style, rows);
    }

    /** Writes the sheet as PNG, whole or not at all, making folders as needed. */
    public void write(Path file) {
        try {
            Path whole = file.toAbsolutePath();
            Path folder = whole.getParent() == null ? whole : whole.getParent();
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, ".sheet", ".png");
            try {
                ImageIO.write(draw(), "png", part.toFile());
                Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BufferedImage draw() {
        int gap = style.gap();
        int margin = style.labelled()
                ? rows.stream()
                                .mapToInt(row -> Lettering.width(row.label()))
                                .max()
                                .orElse(0)
                        + 2 * gap
                : gap;
        int height = rows.stream().mapToInt(row -> height(row) + gap).sum() + gap;
        int width = margin
                + rows.stream()
                        .mapToInt(row -> row.indices().length * (row.pictures().width() + gap))
                        .max()
                        .orElse(0);
        if ((long) Math.max(width, height) * style.scale() > MAX_SIDE) {
            throw new IllegalArgumentException("a sheet of " + width + "x" + height + " times " + style.scale()
                    + " is larger than " + MAX_SIDE + " a side; show fewer pictures");
        }
        Canvas canvas = new Canvas(width, height, style);
        int top = gap;
        for (Row row : rows) {
            if (style.labelled()) {
                canvas.write(row.label(), gap, top + Math.max(0, (height(row) - Lettering.HEIGHT) / 2));
            }
            Composer composer = new Composer(row.pictures(), style.ground().behind);
            for (int i = 0; i < row.indices().length; i++) {
                canvas.paint(
                        row.pictures(),
                        row.indices()[i],
                        composer,
                        margin + i * (row.pictures().width() + gap),
                        top);
            }
            top += height(row) + gap;
        }
        return canvas.image();
    }

    private int height(Row row) {
        return style.labelled()
                ? Math.max(Lettering.HEIGHT, row.pictures().height())
                : row.pictures().height();
    }
}
