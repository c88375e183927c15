package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Pictures;
import java.util.List;

/** Lays the pictures of a request out in a square, as large as asked for where that fits. */
final class ContactSheet {
    private ContactSheet() {}

    static Picture of(List<Picture> pictures, int wanted) {
        Picture sheet = Pictures.sheet(pictures, (int) Math.ceil(Math.sqrt(pictures.size())));
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
