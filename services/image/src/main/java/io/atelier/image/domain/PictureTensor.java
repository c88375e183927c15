package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.util.List;

/**
 * A picture as numbers: planes (channel, height, width) in a range, as a model's manifest describes them.
 *
 * @param name the tensor's name
 * @param channels what the planes are
 * @param height in pixels
 * @param width in pixels
 * @param low the number for black
 * @param high the number for white
 * @param mean per channel, subtracted after scaling to the range; empty when none
 * @param deviation per channel, divides what is left; empty when none
 */
record PictureTensor(
        String name,
        Channels channels,
        int height,
        int width,
        float low,
        float high,
        List<Float> mean,
        List<Float> deviation) {

    /** What the planes of a picture are. */
    enum Channels {
        GREY(1),
        RGB(3),
        /** Colour multiplied by alpha; alpha is cut at one half. */
        RGBA_PREMULTIPLIED(4);

        private final int planes;

        Channels(int planes) {
            this.planes = planes;
        }

        int planes() {
            return planes;
        }
    }

    static PictureTensor of(TensorSpec spec, ModelManifest manifest) {
        Channels channels = switch (spec.channels().orElse("")) {
            case "grey" -> Channels.GREY;
            case "rgb" -> Channels.RGB;
            case "rgba-premultiplied" -> Channels.RGBA_PREMULTIPLIED;
            default -> throw broken(spec, manifest);
        };
        String[] range = spec.range().orElse("").split("\\.\\.", -1);
        if (spec.shape().size() != 4
                || spec.shape().get(1) != channels.planes()
                || !spec.layout().orElse("").equals("NCHW")
                || range.length != 2) {
            throw broken(spec, manifest);
        }
        return new PictureTensor(
                spec.name(),
                channels,
                Math.toIntExact(spec.shape().get(2)),
                Math.toIntExact(spec.shape().get(3)),
                Float.parseFloat(range[0]),
                Float.parseFloat(range[1]),
                spec.mean(),
                spec.deviation());
    }

    /** Reads one row as a picture, each pixel repeated {@code times} in both directions. */
    Picture read(float[] rows, int row, int times) {
        int plane = height * width;
        byte[] pixels = new byte[plane * channels.planes()];
        int from = row * pixels.length;
        for (int i = 0; i < plane; i++) {
            int at = i * channels.planes();
            if (channels == Channels.RGBA_PREMULTIPLIED) {
                float alpha = unit(rows[from + 3 * plane + i]);
                if (alpha > 0.5f) {
                    for (int c = 0; c < 3; c++) {
                        pixels[at + c] = level(unit(rows[from + c * plane + i]) / alpha);
                    }
                    pixels[at + 3] = (byte) 255;
                }
            } else {
                for (int c = 0; c < channels.planes(); c++) {
                    pixels[at + c] = level(unit(rows[from + c * plane + i]));
                }
            }
        }
        return Pixels.enlarge(new Picture(width, height, channels.planes(), pixels), times);
    }

    /** Writes a picture of any size as one row: its middle in this tensor's proportions, resampled by area. */
    float[] write(Picture picture) {
        double[] planes = Pixels.resample(picture, channels == Channels.GREY, width, height);
        int plane = height * width;
        float[] row = new float[channels.planes() * plane];
        for (int c = 0; c < channels.planes(); c++) {
            for (int i = 0; i < plane; i++) {
                double scaled = c == 3 ? high : low + planes[c * plane + i] * (high - low);
                double centred = mean.isEmpty() ? scaled : scaled - mean.get(c);
                row[c * plane + i] = (float) (deviation.isEmpty() ? centred : centred / deviation.get(c));
            }
        }
        return row;
    }

    private float unit(float value) {
        return Math.clamp((value - low) / (high - low), 0f, 1f);
    }

    private static byte level(float unit) {
        return (byte) Math.round(Math.min(1f, unit) * 255f);
    }

    private static RuntimeException broken(TensorSpec spec, ModelManifest manifest) {
        return Problem.of(
                        ErrorCode.BROKEN_PACKAGE,
                        "The model " + manifest.name() + "@" + manifest.version() + " describes its tensor "
                                + spec.name()
                                + " in a way this service does not know: pictures are NCHW, grey, rgb or"
                                + " rgba-premultiplied, with a range.")
                .exception();
    }
}
