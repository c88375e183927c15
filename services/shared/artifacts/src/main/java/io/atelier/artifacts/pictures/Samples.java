package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies decoded samples into a picture, a tile at a time: upright, in sRGB, 8 bits a channel. Beside the picture it
 * needs 1.5 MiB.
 */
final class Samples {
    /** Pixels of a tile: a call of the colour engine costs more than a few pixels do. */
    private static final int TILE = 1 << 15;

    private static final int MOST_ACROSS = 4096;

    private Samples() {}

    /** Makes a tile's pixels. */
    @FunctionalInterface
    interface Step {
        /**
         * Makes pixels from samples.
         *
         * @param samples (pixels, bands) as the file has them; may be changed
         * @param out takes (pixels, channels)
         */
        void make(int[] samples, int pixels, byte[] out);
    }

    static Picture copy(Raster raster, Orientation orientation, int channels, Step step) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] pixels = new byte[width * height * channels];
        int across = Math.min(width, MOST_ACROSS);
        int down = Math.min(height, TILE / across);
        byte[] tile = new byte[across * down * channels];
        int[] samples = new int[across * down * raster.getNumBands()];
        for (int top = 0; top < height; top += down) {
            for (int left = 0; left < width; left += across) {
                int w = Math.min(across, width - left);
                int h = Math.min(down, height - top);
                raster.getPixels(left, top, w, h, samples);
                step.make(samples, w * h, tile);
                for (int i = 0; i < w * h; i++) {
                    int place = orientation.place(left + i % w, top + i / w, width, height);
                    System.arraycopy(tile, i * channels, pixels, place * channels, channels);
                }
            }
        }
        boolean swapped = orientation.swapsSides();
        return new Picture(swapped ? height : width, swapped ? width : height, channels, pixels);
    }

    /** Grey or RGB samples, with or without alpha behind them: to 1, 3 or 4 channels. */
    static Step plain(int bands, boolean deep, Optional<ColourChange> change) {
        boolean alpha = bands == 2 || bands == 4;
        int colours = alpha ? bands - 1 : bands;
        int channels = alpha ? 4 : bands;
        return new Step() {
            private byte @Nullable [] rgb;

            @Override
            public void make(int[] samples, int pixels, byte[] out) {
                byte[] changed = change.isPresent() ? changed(change.get(), samples, pixels) : null;
                for (int i = 0; i < pixels; i++) {
                    for (int c = 0; c < Math.min(channels, 3); c++) {
                        out[i * channels + c] = changed == null
                                ? eightOf(samples[i * bands + (colours == 1 ? 0 : c)])
                                : changed[i * 3 + (colours == 1 ? 1 : c)];
                    }
                    if (alpha) {
                        out[i * 4 + 3] = eightOf(samples[i * bands + bands - 1]);
                    }
                }
            }

            private byte[] changed(ColourChange by, int[] samples, int pixels) {
                int[] only = samples;
                if (alpha) {
                    only = new int[pixels * colours];
                    for (int i = 0; i < only.length; i++) {
                        only[i] = samples[i / colours * bands + i % colours];
                    }
                }
                byte[] to = rgb == null || rgb.length < pixels * 3 ? new byte[pixels * 3] : rgb;
                rgb = to;
                by.apply(only, pixels, deep, to);
                return to;
            }

            private byte eightOf(int sample) {
                return (byte) (deep ? eight(sample) : sample);
            }
        };
    }

    /**
     * Numbers into a palette: to RGB, or RGBA where one of its colours is not opaque, or grey where it is a ramp of grey.
     *
     * @param channels what {@link #paletteChannels} says
     */
    static Step palette(IndexColorModel colours, int channels, Optional<ColourChange> change) {
        int known = colours.getMapSize();
        byte[] made = new byte[256 * channels]; // beyond the palette: opaque black
        if (channels == 4) {
            for (int i = 0; i < 256; i++) {
                made[i * 4 + 3] = (byte) 255;
            }
        }
        int bands = channels == 1 ? 1 : 4;
        int[] entries = new int[known * bands];
        for (int i = 0; i < known; i++) {
            entries[i * bands] = colours.getRed(i);
            if (bands == 4) {
                entries[i * 4 + 1] = colours.getGreen(i);
                entries[i * 4 + 2] = colours.getBlue(i);
                entries[i * 4 + 3] = colours.getAlpha(i);
            }
        }
        byte[] changed = new byte[entries.length];
        plain(bands, false, change).make(entries, known, changed);
        for (int i = 0; i < known; i++) {
            System.arraycopy(changed, i * bands, made, i * channels, channels);
        }
        return (samples, pixels, out) -> {
            for (int i = 0; i < pixels; i++) {
                System.arraycopy(made, samples[i] * channels, out, i * channels, channels);
            }
        };
    }

    static int paletteChannels(IndexColorModel colours, boolean grey) {
        boolean opaque = true;
        for (int i = 0; i < colours.getMapSize(); i++) {
            opaque &= colours.getAlpha(i) == 255;
        }
        return opaque ? grey ? 1 : 3 : 4;
    }

    /**
     * A JPEG's four inks, to RGB.
     *
     * @param adobe as an Adobe segment says: inks are stored inverted, 2 for YCCK
     */
    static Step inks(Optional<Integer> adobe, ColourChange change) {
        boolean ycck = adobe.equals(Optional.of(2));
        return (samples, pixels, out) -> {
            for (int i = 0; i < pixels * 4; i += 4) {
                if (ycck) {
                    toInks(samples, i);
                }
                for (int c = 0; c < 4 && adobe.isPresent(); c++) {
                    samples[i + c] = 255 - samples[i + c];
                }
            }
            change.apply(samples, pixels, false, out);
        };
    }

    /** YCC of the inverse of cyan, magenta and yellow (ITU-T T.871, 7) to these. */
    private static void toInks(int[] samples, int at) {
        double y = samples[at];
        double cb = samples[at + 1] - 128;
        double cr = samples[at + 2] - 128;
        samples[at] = 255 - clamped(y + 1.402 * cr);
        samples[at + 1] = 255 - clamped(y - 0.344136 * cb - 0.714136 * cr);
        samples[at + 2] = 255 - clamped(y + 1.772 * cb);
    }

    private static int clamped(double value) {
        return (int) Math.clamp(Math.round(value), 0, 255);
    }

    /** 16 bits to 8, rounded. */
    static int eight(int sixteen) {
        return (sixteen * 255 + 32_767) / 65_535;
    }
}
