package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads PNG, and JPEG by the JDK's coder, behind the checks this package promises. */
final class PictureDecoder {
    /** The most pixels a side may have: JPEG's own limit, for PNG too. */
    private static final int MAX_SIDE = 65_535;

    private PictureDecoder() {}

    /** Looks at a file's structure and header; throws NOT_A_PICTURE and TOO_LARGE. Nothing of its pixels is decoded. */
    static EncodedPicture open(byte[] bytes, String field, int maxPixels) {
        try {
            PictureFormat format = Pictures.format(bytes)
                    .orElseThrow(() -> new NotPixels("the first bytes are neither PNG's nor JPEG's"));
            return switch (format) {
                case PNG -> {
                    PngChunks png = PngChunks.read(bytes);
                    check(png.width(), png.height(), field, maxPixels);
                    png.requireEnough();
                    yield encoded(png.width() * png.height(), field, () -> PngPixels.read(png, PngColours.of(png)));
                }
                case JPEG -> {
                    JpegSegments jpeg = JpegSegments.read(bytes);
                    check(jpeg.width(), jpeg.height(), field, maxPixels);
                    jpeg.requireEnough();
                    yield encoded(jpeg.width() * jpeg.height(), field, () -> picture(jpeg));
                }
            };
        } catch (NotPixels e) {
            throw refused(field, e).exception(e);
        }
    }

    private static EncodedPicture encoded(long pixels, String field, Decoding decoding) {
        return new EncodedPicture() {
            @Override
            public int pixels() {
                return Math.toIntExact(pixels);
            }

            @Override
            public Picture decode() {
                try {
                    return decoding.decoded();
                } catch (NotPixels e) {
                    throw refused(field, e).exception(e);
                }
            }
        };
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
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            field,
                            MAX_SIDE + " pixels a side",
                            "The picture is " + width + "x" + height + " pixels; a side may have " + MAX_SIDE + ".")
                    .exception();
        }
        if (width * height > maxPixels) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            field,
                            maxPixels + " pixels",
                            "The picture is " + width + "x" + height + " pixels; " + maxPixels + " are allowed.")
                    .exception();
        }
    }

    private static Picture picture(JpegSegments jpeg) throws NotPixels {
        Optional<ColourChange> change = jpeg.profile().flatMap(profile -> ColourChange.by(profile, jpeg.components()));
        if (jpeg.components() == 4) {
            if (change.isEmpty()) {
                throw new NotPixels("its four inks have no profile that tells their colours; save it as RGB");
            }
            Raster raster = read(jpeg.file(), reader -> reader.readRaster(0, null));
            return Samples.copy(raster, jpeg.orientation(), 3, Samples.inks(jpeg.adobe(), change.get()));
        }
        BufferedImage image = read(jpeg.file(), reader -> reader.read(0));
        // the samples as they are: getRGB would bend grey, which AWT takes for linear
        int bands = image.getRaster().getNumBands();
        return Samples.copy(image.getRaster(), jpeg.orientation(), bands, Samples.plain(bands, false, change));
    }

    private static <T> T read(byte[] file, Reading<T> reading) throws NotPixels {
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = Coders.reader(PictureFormat.JPEG);
            try {
                reader.setInput(in, true, true);
                return reading.by(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // the JDK's reader meets damaged files with runtime exceptions too
            throw new NotPixels("the JPEG cannot be decoded");
        }
    }

    @FunctionalInterface
    private interface Decoding {
        Picture decoded() throws NotPixels;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T by(ImageReader reader) throws IOException;
    }
}
