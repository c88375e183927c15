package io.atelier.cli.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Draws something to be classified, since the demo shows that the classifier knows more than what was made to please it, and
 * something to be painted.
 */
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
        return png(image);
    }

    /** A lake under hills at evening, 512 x 384, as PNG. */
    static byte[] landscape() {
        int width = 512;
        int height = 384;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setPaint(new GradientPaint(0, 0, new Color(60, 90, 160), 0, 240, new Color(250, 190, 120)));
        pen.fillRect(0, 0, width, 252);
        pen.setColor(new Color(255, 235, 180));
        pen.fill(new Ellipse2D.Double(330, 120, 70, 70));
        hills(pen, width, 252, 190, 45, new Color(110, 110, 150));
        hills(pen, width, 252, 225, 30, new Color(60, 90, 80));
        pen.setPaint(new GradientPaint(0, 250, new Color(230, 170, 120), 0, height, new Color(40, 60, 110)));
        pen.fillRect(0, 250, width, height - 250);
        pen.setColor(new Color(255, 235, 180, 120));
        for (int y = 256; y < 350; y += 9) {
            pen.fillRect(365 - (350 - y) / 3, y, 2 * (350 - y) / 3, 3);
        }
        hills(pen, width, height, 352, 18, new Color(40, 50, 35));
        pen.setColor(new Color(45, 35, 30));
        pen.fillRect(96, 190, 12, 170);
        pen.setColor(new Color(50, 90, 45));
        for (int[] crown : new int[][] {{60, 150}, {85, 120}, {105, 160}, {70, 185}}) {
            pen.fill(new Ellipse2D.Double(crown[0] - 20, crown[1] - 20, 66, 60));
        }
        pen.dispose();
        return png(image);
    }

    private static void hills(Graphics2D pen, int width, int ground, int top, int height, Color colour) {
        pen.setColor(colour);
        for (int x = 0; x < width; x++) {
            double wave = Math.sin(x / 47.0 + top) + Math.sin(x / 19.0 + 2 * top) / 3;
            int y = (int) (top - height * wave / 2);
            pen.drawLine(x, y, x, ground);
        }
    }

    private static byte[] png(BufferedImage image) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
