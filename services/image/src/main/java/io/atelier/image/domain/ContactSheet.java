package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import java.util.Arrays;
import java.util.List;

/** Lays pictures of one size out on a sheet, row by row, with a gap around each: white, or nothing where there is alpha. */
final class ContactSheet {
    private ContactSheet() {}

    /** How often pictures can be enlarged and the sheet still keep to its largest side; at least once. */
    static int enlargement(int count, int side, int wanted) {
        int columns = columns(count);
        int times = wanted;
        while (times > 1 && columns * (side * times + gap(side * times)) > Limits.MAX_SHEET_SIDE) {
            times--;
        }
        return times;
    }

    static Picture of(List<Picture> pictures) {
        Picture first = pictures.getFirst();
        int columns = columns(pictures.size());
        int rows = (pictures.size() + columns - 1) / columns;
        int gap = gap(first.width());
        int channels = first.channels();
        int width = gap + columns * (first.width() + gap);
        int height = gap + rows * (first.height() + gap);
        byte[] sheet = new byte[width * height * channels];
        Arrays.fill(sheet, (byte) (channels == 4 ? 0 : 255));
        for (int i = 0; i < pictures.size(); i++) {
            int left = gap + i % columns * (first.width() + gap);
            int top = gap + i / columns * (first.height() + gap);
            int rowBytes = first.width() * channels;
            for (int y = 0; y < first.height(); y++) {
                System.arraycopy(
                        pictures.get(i).pixels(), y * rowBytes, sheet, ((top + y) * width + left) * channels, rowBytes);
            }
        }
        return new Picture(width, height, channels, sheet);
    }

    private static int columns(int count) {
        return (int) Math.ceil(Math.sqrt(count));
    }

    private static int gap(int side) {
        return Math.max(1, side / 16);
    }
}
