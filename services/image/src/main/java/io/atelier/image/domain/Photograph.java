package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Resizing;
import io.atelier.artifacts.pictures.Transparency;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is painted.
 *
 * @param colours three channels; where the file showed nothing, the colours around
 * @param alpha one channel of the same size, where the file is not opaque
 */
record Photograph(Picture colours, Optional<Picture> alpha) {

    /**
     * A width and a height in pixels.
     *
     * @param width in pixels
     * @param height in pixels
     */
    record Size(int width, int height) {
        long pixels() {
            return (long) width * height;
        }

        /** As large as this, with a longer side of so many pixels; a shorter side of one at least. */
        Size withLonger(int side) {
            int longer = Math.max(width, height);
            return new Size(Math.max(1, (int) Math.round((double) width * side / longer)), Math.max(1, (int)
                    Math.round((double) height * side / longer)));
        }
    }

    /** A picture at its own size, or with a longer side of so many pixels; throws UNSUPPORTED_SIZE. */
    static Photograph of(Picture picture, OptionalInt longerSide, int maxPixels) {
        Size own = new Size(picture.width(), picture.height());
        Size size = longerSide.isPresent() ? sized(own, longerSide.getAsInt(), maxPixels) : own;
        Picture colours = Resizing.resize(Transparency.colours(picture), size.width(), size.height());
        Optional<Picture> alpha =
                Transparency.of(picture).map(plane -> Resizing.resize(plane, size.width(), size.height()));
        return new Photograph(colours, alpha);
    }

    private static Size sized(Size own, int longerSide, int maxPixels) {
        Size size = longerSide < 1 || longerSide > maxPixels ? new Size(0, 0) : own.withLonger(longerSide);
        if (size.pixels() < 1 || size.pixels() > maxPixels) {
            int most = (int) Math.floor(Math.sqrt(
                    (double) maxPixels * Math.max(own.width(), own.height()) / Math.min(own.width(), own.height())));
            throw Problem.field(
                            ErrorCode.UNSUPPORTED_SIZE,
                            "size",
                            "1.." + most,
                            "This picture is painted with a longer side of 1 to " + most + " pixels, which makes "
                                    + maxPixels + " in all, not of " + longerSide + ".")
                    .exception();
        }
        return size;
    }
}
