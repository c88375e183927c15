package io.atelier.learn.sheet;

import io.atelier.learn.data.LabelledPictures;

/** Turns one picture of a set into 0xRRGGBB pixels over a colour. */
final class Composer {
    private final LabelledPictures pictures;
    private final int behind;

    Composer(LabelledPictures pictures, int behind) {
        this.pictures = pictures;
        this.behind = behind;
    }

    int rgb(int picture, int x, int y) {
        int plane = pictures.height() * pictures.width();
        int at = picture * pictures.pictureSize() + y * pictures.width() + x;
        return switch (pictures.channels()) {
            case 1 -> 0x010101 * level(unit(at));
            case 3 -> pack(unit(at), unit(at + plane), unit(at + 2 * plane), 1);
            case 4 -> {
                float alpha = unit(at + 3 * plane);
                yield alpha > 0.5f ? pack(unit(at), unit(at + plane), unit(at + 2 * plane), alpha) : behind;
            }
            default ->
                throw new IllegalArgumentException("pictures have 1, 3 or 4 channels, not " + pictures.channels());
        };
    }

    private static int pack(float red, float green, float blue, float alpha) {
        return level(red / alpha) << 16 | level(green / alpha) << 8 | level(blue / alpha);
    }

    private float unit(int at) {
        return Math.clamp((pictures.pixels()[at] + 1) / 2, 0f, 1f);
    }

    private static int level(float unit) {
        return Math.round(Math.min(1, unit) * 255);
    }
}
