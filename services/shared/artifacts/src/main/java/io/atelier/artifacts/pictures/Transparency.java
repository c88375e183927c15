package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.util.Optional;

/** Takes a picture's colours and its straight alpha apart, and puts them together. */
public final class Transparency {
    private static final int OPAQUE = 255;

    private Transparency() {}

    /** A picture's alpha, one channel; empty when it is opaque everywhere. */
    public static Optional<Picture> of(Picture picture) {
        if (picture.channels() != 4) {
            return Optional.empty();
        }
        byte[] alpha = new byte[picture.width() * picture.height()];
        boolean opaque = true;
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = picture.pixels()[i * 4 + 3];
            opaque &= (alpha[i] & 0xFF) == OPAQUE;
        }
        return opaque ? Optional.empty() : Optional.of(new Picture(picture.width(), picture.height(), 1, alpha));
    }

    /**
     * A picture's colours, three channels. Where nothing shows, at alpha 0, the colours around go on, ever smoother with the
     * distance: what is made of such a picture by its surroundings is not changed by a colour that nobody sees.
     */
    public static Picture colours(Picture picture) {
        int channels = picture.channels();
        if (channels == 3) {
            return picture;
        }
        byte[] pixels = new byte[Math.multiplyExact(picture.width() * picture.height(), 3)];
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            for (int c = 0; c < 3; c++) {
                pixels[i * 3 + c] = picture.pixels()[i * channels + (channels == 1 ? 0 : c)];
            }
        }
        if (channels == 4) {
            for (int c = 0; c < 3; c++) {
                Filling.fill(picture, c, pixels);
            }
        }
        return new Picture(picture.width(), picture.height(), 3, pixels);
    }

    /** Colours (three channels) and alpha (one) of the same size as one picture of four channels. */
    public static Picture together(Picture colours, Picture alpha) {
        byte[] pixels = new byte[Math.multiplyExact(colours.width() * colours.height(), 4)];
        for (int i = 0; i < alpha.pixels().length; i++) {
            System.arraycopy(colours.pixels(), i * 3, pixels, i * 4, 3);
            pixels[i * 4 + 3] = alpha.pixels()[i];
        }
        return new Picture(colours.width(), colours.height(), 4, pixels);
    }
}
