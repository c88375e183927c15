package io.atelier.learn.sheet;

/**
 * How a sheet looks.
 *
 * @param scale whole enlargement of pictures and letters, 1 to 16
 * @param gap pixels between pictures before enlargement, 0 to 16
 * @param ground what lies behind and between the pictures
 * @param labelled whether rows start with their class's name
 */
public record SheetStyle(int scale, int gap, Ground ground, boolean labelled) {

    /** What lies behind and between the pictures; transparent parts show {@code behind}. */
    public enum Ground {
        DARK(0x18181C, 0x3E4252, 0xE6E6E6),
        WHITE(0xFFFFFF, 0xFFFFFF, 0x202020);

        final int between;
        final int behind;
        final int ink;

        Ground(int between, int behind, int ink) {
            this.between = between;
            this.behind = behind;
            this.ink = ink;
        }
    }

    /** Twice enlarged on dark, with labels. */
    public static final SheetStyle DARK = new SheetStyle(2, 2, Ground.DARK, true);

    /** Twice enlarged on white, with labels. */
    public static final SheetStyle WHITE = new SheetStyle(2, 2, Ground.WHITE, true);

    public SheetStyle {
        if (scale < 1 || scale > 16 || gap < 0 || gap > 16) {
            throw new IllegalArgumentException(
                    "a sheet has a scale of 1..16 and a gap of 0..16, not " + scale + " and " + gap);
        }
    }

    public SheetStyle withScale(int other) {
        return new SheetStyle(other, gap, ground, labelled);
    }
}
