package io.atelier.artifacts.pictures;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** From a picture's own colours to sRGB, by the JDK's colour engine. Not thread-safe. */
final class ColourChange {
    /** Levels of each channel that are tried to tell a profile that is sRGB by another name. */
    private static final int[] TRIED = {0, 1, 16, 64, 128, 192, 240, 255};

    /** Levels of sRGB between the two darkest of 256 samples, beyond which 16 bits are kept until the end. */
    private static final int COARSE = 3;

    private final ColorConvertOp op;
    private final int channels;
    /** 8 bits hold the colours' shadows badly, as with linear light. */
    private boolean coarse;

    private byte[] in = {};
    private byte[] out = {};
    private short[] deepIn = {};
    private short[] deepOut = {};

    private ColourChange(ICC_Profile from, int channels) {
        this.op = new ColorConvertOp(
                new ICC_Profile[] {from, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, /* hints= */ null);
        this.channels = channels;
    }

    /**
     * The change that a profile asks for; empty where it is broken or of other colours, and where it changes nothing.
     *
     * @param channels 1 grey, 3 RGB, 4 inks
     */
    static Optional<ColourChange> by(byte[] profile, int channels) {
        String colours = switch (channels) {
            case 1 -> "GRAY";
            case 3 -> "RGB ";
            default -> "CMYK";
        };
        return Profile.read(profile, colours)
                .map(read -> new ColourChange(read, channels))
                .filter(ColourChange::changesColours);
    }

    private boolean changesColours() {
        int levels = TRIED.length;
        int pixels = channels == 1 ? levels : levels * levels * levels;
        int[] samples = new int[pixels * channels];
        for (int i = 0; i < pixels; i++) {
            int rest = i;
            for (int c = 0; c < channels; c++, rest /= levels) {
                samples[i * channels + c] = TRIED[rest % levels];
            }
        }
        byte[] rgb;
        try {
            rgb = apply(samples, pixels, false);
        } catch (RuntimeException e) { // the engine tells broken profiles by several
            return false;
        }
        int one = (pixels - 1) / (levels - 1); // the pixel whose channels all have the second level
        for (int c = 0; c < 3; c++) {
            coarse |= (rgb[one * 3 + c] & 0xFF) - (rgb[c] & 0xFF) > COARSE;
        }
        out = new byte[0]; // the picture's samples may be deep
        for (int i = 0; i < pixels * 3 && channels != 4; i++) {
            int before = samples[i / 3 * channels + (channels == 1 ? 0 : i % 3)];
            if (Math.abs(before - (rgb[i] & 0xFF)) > 1) {
                return true;
            }
        }
        return channels == 4;
    }

    /**
     * Converts pixels.
     *
     * @param samples (pixels, channels)
     * @param deep samples have 16 bits, not 8; inks always have 8, 255 for full ink
     * @return (pixels, 3) of 8 bits, and more behind them; good until the next call
     */
    byte[] apply(int[] samples, int pixels, boolean deep) {
        int count = pixels * channels;
        boolean both = deep && coarse;
        if (out.length < pixels * 3) {
            out = new byte[pixels * 3];
            in = new byte[both ? 0 : count];
            deepIn = new short[both ? count : 0];
            deepOut = new short[both ? pixels * 3 : 0];
        }
        if (both) {
            return deep(samples, pixels, count);
        }
        for (int i = 0; i < count; i++) {
            in[i] = (byte) (deep ? Samples.eight(samples[i]) : samples[i]);
        }
        op.filter(
                raster(new DataBufferByte(in, count), pixels, channels),
                raster(new DataBufferByte(out, pixels * 3), pixels, 3));
        return out;
    }

    private byte[] deep(int[] samples, int pixels, int count) {
        for (int i = 0; i < count; i++) {
            deepIn[i] = (short) samples[i];
        }
        op.filter(
                raster(new DataBufferUShort(deepIn, count), pixels, channels),
                raster(new DataBufferUShort(deepOut, pixels * 3), pixels, 3));
        for (int i = 0; i < pixels * 3; i++) {
            out[i] = (byte) Samples.eight(deepOut[i] & 0xFFFF);
        }
        return out;
    }

    private static WritableRaster raster(DataBuffer samples, int pixels, int channels) {
        int[] bands = new int[channels];
        for (int c = 0; c < channels; c++) {
            bands[c] = c;
        }
        return Raster.createInterleavedRaster(samples, pixels, 1, pixels * channels, channels, bands, null);
    }
}
