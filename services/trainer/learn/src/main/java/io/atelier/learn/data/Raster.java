package io.atelier.learn.data;

import io.atelier.kernel.ProblemException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A decoded PNG or JPEG.
 *
 * @param argb 8 bits each of straight alpha, red, green, blue; rows from the top
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
record Raster(int width, int height, int[] argb) {

    static Raster decode(String name, byte[] bytes, long maxPixels) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            while (readers.hasNext()) {
                ImageReader reader = readers.next();
                try {
                    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                    if (format.equals("png") || format.equals("jpeg")) {
                        reader.setInput(in, true, true);
                        return decode(name, reader, maxPixels);
                    }
                } finally {
                    reader.dispose();
                }
            }
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // ImageIO answers broken files with either
            throw broken(name, e);
        }
        throw Unusable.data(
                name + " is no picture", "PNG or JPEG, whatever its name says", "Convert it or leave it out.");
    }

    private static Raster decode(String name, ImageReader reader, long maxPixels) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > maxPixels) {
            throw Unusable.tooLarge(
                    name + " has " + width + "x" + height + " pixels",
                    "at most " + maxPixels + " pixels",
                    "Make it smaller.");
        }
        BufferedImage image = reader.read(0);
        int[] argb = isGrey(image) ? grey(image) : image.getRGB(0, 0, width, height, null, 0, width);
        return new Raster(width, height, argb);
    }

    private static boolean isGrey(BufferedImage image) {
        return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /** Java takes grey samples for linear light and getRGB would brighten them; the file's own samples are wanted. */
    private static int[] grey(BufferedImage image) {
        int[] argb = new int[image.getWidth() * image.getHeight()];
        var samples = image.getRaster();
        int shift = samples.getSampleModel().getSampleSize(0) - 8;
        boolean alpha = samples.getNumBands() > 1;
        for (int i = 0; i < argb.length; i++) {
            int x = i % image.getWidth();
            int y = i / image.getWidth();
            int luma = samples.getSample(x, y, 0) >> shift;
            int opacity = alpha ? samples.getSample(x, y, 1) >> shift : 255;
            argb[i] = opacity << 24 | luma << 16 | luma << 8 | luma;
        }
        return argb;
    }

    private static ProblemException broken(String name, Exception cause) {
        return Unusable.data(
                name + " is a broken picture", "a whole PNG or JPEG", "Leave it out or replace it.", cause);
    }

    /** The value of one channel in 0..255, as {@link Channels} describes it. */
    float value(int index, Channels channels, int channel) {
        int pixel = argb[index];
        float alpha = (pixel >>> 24) / 255f;
        return switch (channels) {
            case GREY ->
                0.299f * overWhite(pixel, 0, alpha)
                        + 0.587f * overWhite(pixel, 1, alpha)
                        + 0.114f * overWhite(pixel, 2, alpha);
            case RGB -> overWhite(pixel, channel, alpha);
            case RGBA_PREMULTIPLIED -> channel == 3 ? pixel >>> 24 : component(pixel, channel) * alpha;
        };
    }

    private static float overWhite(int pixel, int channel, float alpha) {
        return component(pixel, channel) * alpha + 255 * (1 - alpha);
    }

    private static int component(int pixel, int channel) {
        return pixel >> (16 - 8 * channel) & 0xFF;
    }
}
