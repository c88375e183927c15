package io.atelier.artifacts.tiles;

import io.atelier.artifacts.Picture;
import java.util.Arrays;

/**
 * A picture that is painted part by part, in the order of {@link Tile#all}; what is not painted yet shows what it began
 * with. Not thread-safe.
 *
 * <p>Where parts overlap they go over into each other in a straight ramp, first within a row of parts, then from row to row:
 * in a corner where four meet, each has the product of its two shares.
 */
public final class Canvas {
    private final Picture picture;
    private byte[] above = {};
    private int bandRow = -1;

    /** @param ground what it begins with; it is copied, and must have 3 channels */
    public Canvas(Picture ground) {
        if (ground.channels() != 3) {
            throw new IllegalArgumentException("a canvas has 3 channels, not " + ground.channels());
        }
        this.picture =
                new Picture(ground.width(), ground.height(), 3, ground.pixels().clone());
    }

    /** What it shows now; later parts change it. */
    public Picture picture() {
        return picture;
    }

    /**
     * Paints a part.
     *
     * @param part what became of what the tile showed, as large as that; what lies outside of the picture is left out
     * @param last whether no other part of this row of parts follows
     */
    public void paint(Tile tile, Picture part, boolean last) {
        Span rows = tile.down();
        if (rows.ramp() > 0 && bandRow != rows.keepFrom()) {
            remember(rows);
        }
        for (int y = rows.keepFrom(); y < Math.min(rows.keepTo(), picture.height()); y++) {
            row(tile, part, y);
        }
        if (last && rows.ramp() > 0) {
            goOver(rows);
        }
    }

    private void row(Tile tile, Picture part, int y) {
        Span columns = tile.across();
        int end = Math.min(columns.keepTo(), picture.width());
        int from = ((y - tile.down().from()) * part.width() - columns.from()) * 3;
        int to = y * picture.width() * 3;
        byte[] pixels = picture.pixels();
        for (int x = columns.keepFrom(); x < end; x++) {
            int step = x - columns.keepFrom();
            for (int c = 0; c < 3; c++) {
                byte painted = part.pixels()[from + x * 3 + c];
                pixels[to + x * 3 + c] =
                        step < columns.ramp() ? mixed(pixels[to + x * 3 + c], painted, step, columns.ramp()) : painted;
            }
        }
    }

    /** Keeps what the row of parts above left where this one goes over it. */
    private void remember(Span rows) {
        bandRow = rows.keepFrom();
        int rowBytes = picture.width() * 3;
        int from = Math.min(rows.keepFrom(), picture.height()) * rowBytes;
        int to = Math.min(rows.keepFrom() + rows.ramp(), picture.height()) * rowBytes;
        above = Arrays.copyOfRange(picture.pixels(), from, to);
    }

    private void goOver(Span rows) {
        int rowBytes = picture.width() * 3;
        int from = rows.keepFrom() * rowBytes;
        for (int i = 0; i < above.length; i++) {
            picture.pixels()[from + i] = mixed(above[i], picture.pixels()[from + i], i / rowBytes, rows.ramp());
        }
    }

    private static byte mixed(byte before, byte now, int step, int ramp) {
        int share = 2 * step + 1; // of 2 ramp: from the middle of the first pixel to that of the last
        int sum = (before & 0xFF) * (2 * ramp - share) + (now & 0xFF) * share;
        return (byte) ((sum + ramp) / (2 * ramp));
    }
}
