package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a model takes or gives pictures as floats: the facts of a picture tensor in model.json.
 *
 * <p>To a tensor: the picture is squashed to the size (no cropping) with a triangle filter as wide as the shrinking, so
 * that it averages areas when it shrinks and is bilinear when it enlarges; alpha is laid over white unless the model
 * takes it; colour becomes grey as ITU-R BT.601 luma; then {@code value in range, minus mean, over deviation}. From a
 * tensor: the same way back, values outside the range clamped.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels what the channels are
 * @param channelsLast (H, W, C) instead of (C, H, W)
 * @param low the value of black
 * @param high the value of full light
 * @param mean per channel, or empty
 * @param deviation per channel, or empty
 */
public record PictureTensor(
        int height,
        int width,
        Channels channels,
        boolean channelsLast,
        float low,
        float high,
        List<Float> mean,
        List<Float> deviation) {

    /** What a picture tensor's channels are. */
    public enum Channels {
        GREY("grey", 1),
        RGB("rgb", 3),
        /** Colour multiplied by alpha; made pictures get a hard alpha, cut at 0.5. */
        RGBA_PREMULTIPLIED("rgba-premultiplied", 4);

        private final String id;
        private final int count;

        Channels(String id, int count) {
            this.id = id;
            this.count = count;
        }

        /** The id in model.json. */
        public String id() {
            return id;
        }

        public int count() {
            return count;
        }

        public static Optional<Channels> byId(String id) {
            return Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
        }
    }

    public PictureTensor {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (!(high > low) || wrongCount(mean, channels) || wrongCount(deviation, channels)) {
            throw new IllegalArgumentException("range, mean or deviation does not fit " + channels.id());
        }
    }

    private static boolean wrongCount(List<Float> perChannel, Channels channels) {
        return !perChannel.isEmpty() && perChannel.size() != channels.count();
    }

    /**
     * Reads model.json's words.
     *
     * @param range such as {@code -1..1}
     * @param layout NCHW or NHWC
     */
    public static PictureTensor of(
            int height,
            int width,
            String channels,
            String layout,
            String range,
            List<Float> mean,
            List<Float> deviation) {
        int dots = range.indexOf("..");
        Channels known = Channels.byId(channels)
                .orElseThrow(() -> new IllegalArgumentException("unknown picture channels: " + channels));
        if (dots < 0 || !layout.equals("NCHW") && !layout.equals("NHWC")) {
            throw new IllegalArgumentException("unknown picture range or layout: " + range + ", " + layout);
        }
        return new PictureTensor(
                height,
                width,
                known,
                layout.equals("NHWC"),
                Float.parseFloat(range.substring(0, dots)),
                Float.parseFloat(range.substring(dots + 2)),
                mean,
                deviation);
    }

    /** How many floats one picture is. */
    public int size() {
        return height * width * channels.count();
    }

    /** Makes the picture whose floats begin at {@code offset}. */
    public Picture toPicture(float[] values, int offset) {
        int count = channels.count();
        byte[] pixels = new byte[size()];
        float[] light = new float[count];
        for (int i = 0; i < height * width; i++) {
            for (int c = 0; c < count; c++) {
                light[c] = light(values[offset + index(i, c)], c);
            }
            if (channels == Channels.RGBA_PREMULTIPLIED) {
                putCut(light, pixels, i * 4);
            } else {
                for (int c = 0; c < count; c++) {
                    pixels[i * count + c] = toByte(light[c]);
                }
            }
        }
        return new Picture(width, height, count, pixels);
    }

    private static void putCut(float[] premultiplied, byte[] pixels, int at) {
        float alpha = premultiplied[3];
        if (alpha < 0.5f) {
            return; // transparent black
        }
        for (int c = 0; c < 3; c++) {
            pixels[at + c] = toByte(premultiplied[c] / alpha);
        }
        pixels[at + 3] = (byte) 255;
    }

    /** Writes a picture's floats from {@code offset} on. */
    public void fromPicture(Picture picture, float[] values, int offset) {
        int count = channels.count();
        float[] fitted = Resampling.resize(ChannelChange.to(channels, picture), picture, count, width, height);
        for (int i = 0; i < height * width; i++) {
            for (int c = 0; c < count; c++) {
                values[offset + index(i, c)] = value(fitted[i * count + c], c);
            }
        }
    }

    private int index(int pixel, int channel) {
        return channelsLast ? pixel * channels.count() + channel : channel * height * width + pixel;
    }

    /** From the model's value to 0..1. */
    private float light(float value, int channel) {
        float scaled = value * at(deviation, channel, 1) + at(mean, channel, 0);
        return Math.clamp((scaled - low) / (high - low), 0f, 1f);
    }

    /** From 0..1 to the model's value. */
    private float value(float light, int channel) {
        float scaled = low + light * (high - low);
        return (scaled - at(mean, channel, 0)) / at(deviation, channel, 1);
    }

    private static float at(List<Float> perChannel, int channel, float otherwise) {
        return perChannel.isEmpty() ? otherwise : perChannel.get(channel);
    }

    private static byte toByte(float light) {
        return (byte) Math.round(Math.clamp(light, 0f, 1f) * 255);
    }
}
