package io.atelier.learn.train;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sheet of photographs, a row each: the photograph, then it in the manner of each painting, in their order.
 *
 * @param photographs sides multiples of 16
 * @param styles how many paintings
 */
public record StyleSheet(List<NamedPicture> photographs, int styles) {
    private static final long SEED = 3;
    private static final SheetStyle STYLE = new SheetStyle(1, 3, SheetStyle.Ground.WHITE, false);

    /** Paints them all and writes a PNG. */
    public void write(Painter painter, Path png) {
        Map<String, LabelledPictures> rows = new LinkedHashMap<>();
        for (NamedPicture photograph : photographs) {
            List<float[]> pictures = new ArrayList<>(List.of(photograph.pixels()));
            float[] unit = StyleRows.unit(photograph.pixels());
            for (int style = 0; style < styles; style++) {
                pictures.add(StyleRows.signed(painter.paint(
                        unit, photograph.height(), photograph.width(), StyleRows.one(styles, style), SEED)));
            }
            rows.put(photograph.name(), row(photograph, pictures));
        }
        ContactSheet.ofRows(rows, STYLE).write(png);
    }

    private static LabelledPictures row(NamedPicture form, List<float[]> pictures) {
        float[] pixels = new float[pictures.size() * form.pixels().length];
        for (int i = 0; i < pictures.size(); i++) {
            System.arraycopy(pictures.get(i), 0, pixels, i * form.pixels().length, form.pixels().length);
        }
        return new LabelledPictures(
                3, form.height(), form.width(), pixels, new int[pictures.size()], List.of(form.name()));
    }
}
