package io.atelier.learn.sheet;

import io.atelier.learn.data.LabelledPictures;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** An image painted in whole blocks of the style's scale. */
final class Canvas {
    private final BufferedImage image;
    private final SheetStyle style;

    Canvas(int width, int height, SheetStyle style) {
        this.style = style;
        int scale = style.scale();
        image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
        int[] line = new int[image.getWidth()];
        Arrays.fill(line, style.ground().between);
        for (int y = 0; y < image.getHeight(); y++) {
            image.setRGB(0, y, line.length, 1, line, 0, line.length);
        }
    }

    void paint(LabelledPictures pictures, int index, Composer composer, int left, int top) {
        for (int y = 0; y < pictures.height(); y++) {
            for (int x = 0; x < pictures.width(); x++) {
                block(left + x, top + y, composer.rgb(index, x, y));
            }
        }
    }

    void write(String text, int left, int top) {
        Lettering.dots(text, (x, y) -> block(left + x, top + y, style.ground().ink));
    }

    private void block(int x, int y, int rgb) {
        int scale = style.scale();
        for (int dy = 0; dy < scale; dy++) {
            for (int dx = 0; dx < scale; dx++) {
                image.setRGB(x * scale + dx, y * scale + dy, rgb);
            }
        }
    }

    BufferedImage image() {
        return image;
    }
}
