package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads PNG and JPEG by the JDK's coders, behind the checks this package promises. */
final class PictureDecoder {
    private PictureDecoder() {}

    static Picture decode(byte[] bytes, String field, int maxPixels) {
        try {
            PictureFormat format = Pictures.format(bytes)
                    .orElseThrow(() -> new NotPixels("the first bytes are neither PNG's nor JPEG's"));
            return switch (format) {
                case PNG -> {
                    PngChunks png = PngChunks.read(bytes);
                    check(png.width(), png.height(), field, maxPixels);
                    yield picture(read(png.file(), format));
                }
                case JPEG -> {
                    JpegSegments jpeg = JpegSegments.read(bytes);
                    check(jpeg.width(), jpeg.height(), field, maxPixels);
                    yield picture(read(jpeg.file(), format));
                }
            };
        } catch (NotPixels e) {
            throw refused(field, e).exception(e);
        }
    }

    /** The pixels that the file's header tells, within the limit. */
    static int pixels(byte[] bytes, String field, int maxPixels) {
        try {
            PictureFormat format = Pictures.format(bytes)
                    .orElseThrow(() -> new NotPixels("the first bytes are neither PNG's nor JPEG's"));
            if (format == PictureFormat.PNG) {
                PngChunks png = PngChunks.read(bytes);
                check(png.width(), png.height(), field, maxPixels);
                return Math.toIntExact(png.width() * (long) png.height());
            }
            JpegSegments jpeg = JpegSegments.read(bytes);
            check(jpeg.width(), jpeg.height(), field, maxPixels);
            return Math.toIntExact(jpeg.width() * (long) jpeg.height());
        } catch (NotPixels e) {
            throw refused(field, e).exception(e);
        }
    }

    private static Problem refused(String field, NotPixels why) {
        return Problem.field(
                ErrorCode.NOT_A_PICTURE,
                field,
                "a whole PNG or JPEG",
                "The bytes are no picture: " + why.getMessage() + ".");
    }

    private static void check(long width, long height, String field, int maxPixels) throws NotPixels {
        if (width == 0 || height == 0) {
            throw new NotPixels("it has no pixels");
        }
        if (width > maxPixels || height > maxPixels || width * height > maxPixels) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            field,
                            maxPixels + " pixels",
                            "The picture is " + width + "x" + height + " pixels; " + maxPixels + " are allowed.")
                    .exception();
        }
    }

    private static BufferedImage read(byte[] file, PictureFormat format) throws NotPixels {
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = Coders.reader(format);
            try {
                reader.setInput(in, true, true);
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // the JDK's readers meet damaged files with runtime exceptions too
            throw new NotPixels("it cannot be decoded");
        }
    }

    private static Picture picture(BufferedImage image) throws NotPixels {
        int bands = image.getRaster().getNumBands();
        int type = image.getRaster().getDataBuffer().getDataType();
        boolean samples = image.getColorModel() instanceof ComponentColorModel
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
        if (!samples) {
            return throughColours(image);
        }
        // the samples as they are: getRGB would bend grey, which AWT takes for linear
        int shift = type == DataBuffer.TYPE_USHORT ? 8 : 0;
        return bands == 2 ? greyWithAlpha(image.getRaster(), shift) : samples(image.getRaster(), bands, shift);
    }

    private static Picture samples(WritableRaster raster, int bands, int shift) throws NotPixels {
        if (bands != 1 && bands != 3 && bands != 4) {
            throw new NotPixels("it has " + bands + " channels");
        }
        int width = raster.getWidth();
        byte[] pixels = new byte[width * raster.getHeight() * bands];
        int[] row = new int[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i++) {
                pixels[y * row.length + i] = (byte) (row[i] >> shift);
            }
        }
        return new Picture(width, raster.getHeight(), bands, pixels);
    }

    private static Picture greyWithAlpha(WritableRaster raster, int shift) {
        int width = raster.getWidth();
        byte[] pixels = new byte[width * raster.getHeight() * 4];
        int[] row = new int[width * 2];
        int o = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i += 2) {
                byte grey = (byte) (row[i] >> shift);
                pixels[o++] = grey;
                pixels[o++] = grey;
                pixels[o++] = grey;
                pixels[o++] = (byte) (row[i + 1] >> shift);
            }
        }
        return new Picture(width, raster.getHeight(), 4, pixels);
    }

    /** For palettes and packed pixels. */
    private static Picture throughColours(BufferedImage image) {
        int channels = image.getColorModel().hasAlpha() ? 4 : 3;
        int width = image.getWidth();
        byte[] pixels = new byte[width * image.getHeight() * channels];
        int[] row = new int[width];
        int o = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                pixels[o++] = (byte) (argb >> 16);
                pixels[o++] = (byte) (argb >> 8);
                pixels[o++] = (byte) argb;
                if (channels == 4) {
                    pixels[o++] = (byte) (argb >> 24);
                }
            }
        }
        return new Picture(width, image.getHeight(), channels, pixels);
    }
}
