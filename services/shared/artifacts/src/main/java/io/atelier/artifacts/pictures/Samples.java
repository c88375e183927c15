package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.awt.image.Raster;
import java.util.Optional;

/** From a file's samples to a picture's pixels: sRGB, 8 bits a channel. */
final class Samples {
    /** Pixels that are converted together: a call of the colour engine costs more than a few of them. */
    private static final int TOGETHER = 4096;

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
        Canvas canvas = new Canvas(width, height, channels, orientation);
        int together = Math.min(height, Math.max(1, TOGETHER / width));
        byte[] made = new byte[together * width * channels];
        int[] samples = new int[together * width * raster.getNumBands()];
        for (int top = 0; top < height; top += together) {
            int rows = Math.min(together, height - top);
            raster.getPixels(0, top, width, rows, samples);
            step.make(samples, rows * width, made);
            for (int y = 0; y < rows; y++) {
                canvas.put(made, y * width, width, 0, 1, top + y);
            }
        }
        return canvas.picture();
    }

    /** Grey or RGB samples, with or without alpha behind them: to 1, 3 or 4 channels. */
    static Step plain(int bands, boolean deep, Optional<ColourChange> change) {
        boolean alpha = bands == 2 || bands == 4;
        int colours = alpha ? bands - 1 : bands;
        int channels = channels(bands);
        return new Step() {
            private int[] only = {};

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
                if (!alpha) {
                    return by.apply(samples, pixels, deep);
                }
                if (only.length < pixels * colours) {
                    only = new int[pixels * colours];
                }
                for (int i = 0; i < pixels; i++) {
                    for (int c = 0; c < colours; c++) {
                        only[i * colours + c] = samples[i * bands + c];
                    }
                }
                return by.apply(only, pixels, deep);
            }

            private byte eightOf(int sample) {
                return (byte) (deep ? eight(sample) : sample);
            }
        };
    }

    /** Numbers into a palette: to 1, 3 or 4 channels, as its bands are; a number beyond it is opaque black. */
    static Step palette(PngPalette palette, Optional<ColourChange> change) {
        int channels = channels(palette.bands());
        byte[] made = new byte[256 * channels];
        for (int i = 3; channels == 4 && i < made.length; i += 4) {
            made[i] = (byte) 255;
        }
        plain(palette.bands(), false, change).make(palette.entries(), palette.size(), made);
        return (samples, pixels, out) -> {
            for (int i = 0; i < pixels; i++) {
                for (int c = 0; c < channels; c++) {
                    out[i * channels + c] = made[samples[i] * channels + c];
                }
            }
        };
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
            System.arraycopy(change.apply(samples, pixels, false), 0, out, 0, pixels * 3);
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

    /** The channels of a picture whose samples are grey, grey with alpha, RGB or RGBA. */
    static int channels(int bands) {
        return bands == 2 ? 4 : bands;
    }

    /** 16 bits to 8, rounded. */
    static int eight(int sixteen) {
        return (sixteen * 255 + 32_767) / 65_535;
    }
}
