package io.atelier.artifacts.pictures;

/** What shows where a format or a model knows no transparency: white. */
final class OverWhite {
    private OverWhite() {}

    static int blend(int value, int alpha) {
        return (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }
}
