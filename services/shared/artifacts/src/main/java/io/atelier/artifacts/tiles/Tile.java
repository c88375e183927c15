package io.atelier.artifacts.tiles;

import io.atelier.artifacts.Picture;
import java.util.ArrayList;
import java.util.List;

/**
 * One part of a picture.
 *
 * @param across its columns
 * @param down its rows
 */
public record Tile(Span across, Span down) {
    /**
     * Pixels of a side that are kept of a part: the larger, the less of the work goes into what overlaps, and the longer and
     * larger a run is. docs/results.md has the figures.
     */
    public static final int CORE = 512;

    /** Pictures up to this size are no larger than a part, and go whole. */
    public static final int MAX_WHOLE_PIXELS = CORE * CORE;

    /** All parts, row by row from the upper left. */
    public static List<Tile> all(List<Span> across, List<Span> down) {
        List<Tile> tiles = new ArrayList<>();
        for (Span rows : down) {
            for (Span columns : across) {
                tiles.add(new Tile(columns, rows));
            }
        }
        return List.copyOf(tiles);
    }

    /** What is shown of a picture that was made larger as {@link Parts} tells. */
    public Picture of(Picture picture, int wide, int high) {
        return Parts.of(picture, wide, high, across.from(), down.from(), across.length(), down.length());
    }
}
