package io.atelier.cli.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws something to be classified: the demo shows that the classifier knows more than what was made to please it. */
final class Drawing {
    private static final int SIDE = 28;
    private static final int[] X = {9, 19, 20, 20, 15, 14, 13, 8, 8};
    private static final int[] Y = {2, 2, 8, 26, 26, 9, 26, 26, 8};

    private Drawing() {}

    /** Trousers on black, 28 x 28 grey, as PNG. */
    static byte[] trousers() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(new Color(190, 190, 190));
        pen.fillPolygon(new Polygon(X, Y, X.length));
        pen.dispose();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
