package io.atelier.artifacts.pictures;

import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.Picture;
import io.atelier.artifacts.Provenance;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.List;
import java.util.Optional;

/** Pictures to files and back, and pictures from pictures. */
public final class Pictures {
    /** The largest picture that is decoded, whatever a caller allows. */
    public static final int MAX_PIXELS = 1 << 26;

    /** The largest picture that enlarging makes. */
    private static final int MAX_ENLARGED_PIXELS = 1 << 22;

    private Pictures() {}

    /** Encodes a picture with its provenance inside. */
    public static byte[] encode(Picture picture, PictureFormat format, Provenance provenance) {
        String xmp = Xmp.packet(provenance);
        return switch (format) {
            case PNG -> PngEncoder.encode(picture, xmp);
            case JPEG -> JpegEncoder.encode(picture, xmp);
        };
    }

    /** Encodes a picture as an artifact ready to be put. */
    public static NewArtifact artifact(Picture picture, PictureFormat format, Provenance provenance) {
        return new NewArtifact(encode(picture, format, provenance), format.mediaType(), Optional.of(provenance));
    }

    /**
     * Decodes a PNG or JPEG: grey stays one channel, colour becomes RGB, anything with alpha RGBA; 16 bits are rounded to
     * 8. It is turned as its EXIF orientation says, and its colours become sRGB's: by its ICC profile, else by PNG's gAMA
     * and cHRM where no sRGB chunk stands beside them. A profile that is broken, longer than 4 MiB or of other colours is
     * left out, and the picture read as sRGB; a JPEG of four inks needs its profile. Of an animated PNG the default
     * picture is decoded.
     *
     * <p>It takes at most 16 bytes a pixel (the picture itself, up to 4, included), three times the file and 16 MiB.
     *
     * @param field the request's field the bytes came from, for the problem
     * @param maxPixels the most pixels it may have, at most {@link #MAX_PIXELS}; TOO_LARGE beyond
     * @throws io.atelier.kernel.ProblemException NOT_A_PICTURE for anything that is no whole PNG or JPEG
     */
    public static Picture decode(byte[] bytes, String field, int maxPixels) {
        return open(bytes, field, maxPixels).decode();
    }

    /**
     * The same in two steps, for who wants to know how large a picture is before it is decoded.
     *
     * @throws io.atelier.kernel.ProblemException as {@link #decode} does, as far as the file's structure tells
     */
    public static EncodedPicture open(byte[] bytes, String field, int maxPixels) {
        return PictureDecoder.open(bytes, field, Math.min(maxPixels, MAX_PIXELS));
    }

    /** The format that a file's first bytes claim; empty for neither. */
    public static Optional<PictureFormat> format(byte[] bytes) {
        if (PngChunks.claims(bytes)) {
            return Optional.of(PictureFormat.PNG);
        }
        return JpegSegments.claims(bytes) ? Optional.of(PictureFormat.JPEG) : Optional.empty();
    }

    /**
     * Lays equal pictures out in rows from the top left; free places at the end are transparent, or black without alpha.
     *
     * @param columns how many stand in a row
     */
    public static Picture sheet(List<Picture> pictures, int columns) {
        Picture first = pictures.getFirst();
        int across = Math.min(columns, pictures.size());
        int down = Math.ceilDiv(pictures.size(), across);
        int rowBytes = first.width() * first.channels();
        int sheetBytes = across * rowBytes;
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(sheetBytes, down), first.height())];
        for (int i = 0; i < pictures.size(); i++) {
            Picture picture = pictures.get(i);
            if (picture.width() != first.width()
                    || picture.height() != first.height()
                    || picture.channels() != first.channels()) {
                throw new IllegalArgumentException("pictures on a sheet must be equal in size and channels");
            }
            int corner = i / across * first.height() * sheetBytes + i % across * rowBytes;
            for (int y = 0; y < first.height(); y++) {
                System.arraycopy(picture.pixels(), y * rowBytes, pixels, corner + y * sheetBytes, rowBytes);
            }
        }
        return new Picture(across * first.width(), down * first.height(), first.channels(), pixels);
    }

    /**
     * Makes every pixel a square of {@code factor} by {@code factor}.
     *
     * @throws io.atelier.kernel.ProblemException UNSUPPORTED_SIZE beyond 4,194,304 pixels
     */
    public static Picture enlarge(Picture picture, int factor) {
        if (factor < 1 || (long) picture.width() * picture.height() * factor * factor > MAX_ENLARGED_PIXELS) {
            throw Problem.field(
                            ErrorCode.UNSUPPORTED_SIZE,
                            "size",
                            MAX_ENLARGED_PIXELS + " pixels",
                            "A picture is enlarged by a whole number, up to " + MAX_ENLARGED_PIXELS + " pixels.")
                    .exception();
        }
        int width = picture.width() * factor;
        int channels = picture.channels();
        byte[] pixels = new byte[width * picture.height() * factor * channels];
        for (int y = 0; y < picture.height() * factor; y++) {
            for (int x = 0; x < width; x++) {
                int from = (y / factor * picture.width() + x / factor) * channels;
                System.arraycopy(picture.pixels(), from, pixels, (y * width + x) * channels, channels);
            }
        }
        return new Picture(width, picture.height() * factor, channels, pixels);
    }
}
