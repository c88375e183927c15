package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Pictures;
import java.util.List;

/** Lays the pictures of a request out, as large as asked for where that fits. */
final class ContactSheet {
    private ContactSheet() {}

    /** In a square. */
    static Picture of(List<Picture> pictures, int wanted) {
        return of(pictures, (int) Math.ceil(Math.sqrt(pictures.size())), wanted);
    }

    /** In one row. */
    static Picture strip(List<Picture> pictures, int wanted) {
        return of(pictures, pictures.size(), wanted);
    }

    private static Picture of(List<Picture> pictures, int columns, int wanted) {
        Picture sheet = Pictures.sheet(pictures, columns);
        return Pictures.enlarge(sheet, enlargement(sheet, wanted));
    }

    private static int enlargement(Picture sheet, int wanted) {
        int times = wanted;
        while (times > 1 && (long) sheet.width() * sheet.height() * times * times > Limits.MAX_SHEET_PIXELS) {
            times--;
        }
        return times;
    }
}
