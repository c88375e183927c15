package io.atelier.imports.fit;

import io.atelier.imports.onnx.Refusal;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a tensor is a picture.
 *
 * @param layout the order of its axes
 * @param channels how many
 * @param names what the channels are
 * @param height in pixels, -1 where open
 * @param width in pixels, -1 where open
 * @param how how layout and channels were found
 */
record PictureFacts(Layout layout, long channels, String names, long height, long width, String how) {
    private static final String CHANNELS = "--channels";
    private static final String LAYOUT = "--layout";

    /**
     * Finds them out.
     *
     * @param what how messages call it, such as {@code its input "x"}
     * @param shape four axes, -1 where one is open
     */
    static PictureFacts of(String what, List<Long> shape, Optional<Evidence.Found> evidence, Told told) {
        boolean first = isChannels(shape.get(1));
        boolean last = isChannels(shape.get(3));
        Layout layout;
        String how;
        if (told.layout().isPresent()) {
            layout = told.layout().get();
            how = "as told";
        } else if (first != last) {
            layout = first ? Layout.NCHW : Layout.NHWC;
            how = "from the axes " + axes(shape);
        } else if (evidence.isPresent()) {
            layout = evidence.get().layout();
            how = "from the operators beside it";
        } else {
            throw Unfit.undecided(
                    LAYOUT,
                    "NCHW|NHWC",
                    "The layout of " + what + " cannot be told: of its axes " + axes(shape)
                            + (first ? " the second and the last" : " neither the second nor the last")
                            + " may count 1, 3 or 4 channels, and no operator beside it tells");
        }
        long depth = channels(what, layout, shape, evidence, told);
        return new PictureFacts(
                layout, depth, names(what, depth, told), layout.height(shape), layout.width(shape), how);
    }

    private static boolean isChannels(long axis) {
        return axis == 1 || axis == 3 || axis == 4;
    }

    private static long channels(
            String what, Layout layout, List<Long> shape, Optional<Evidence.Found> evidence, Told told) {
        long depth = layout.channels(shape);
        if (depth < 0) {
            depth = evidence.map(Evidence.Found::channels).orElse(0L);
        }
        if (depth <= 0) {
            depth = told.channels().map(PictureFacts::count).orElse(0L);
        }
        if (depth <= 0) {
            throw Unfit.undecided(
                    CHANNELS,
                    "grey|rgb|rgba-premultiplied",
                    "The channels of " + what + " cannot be told: its axes are " + axes(shape) + " in " + layout);
        }
        if (!isChannels(depth)) {
            throw Problem.field(
                            ErrorCode.UNFIT_MODEL,
                            LAYOUT,
                            "1, 3 or 4 channels",
                            "The model's pictures cannot be taken: " + what + " with the axes " + axes(shape) + " has "
                                    + depth + " channels in " + layout + ", and pictures have 1, 3 or 4.")
                    .exception();
        }
        return depth;
    }

    private static long count(String names) {
        return names.equals("grey") ? 1 : names.equals("rgb") ? 3 : 4;
    }

    private static String names(String what, long depth, Told told) {
        if (told.channels().isPresent() && count(told.channels().get()) == depth) {
            return told.channels().get();
        }
        if (depth == 4) {
            throw Unfit.undecided(
                    CHANNELS,
                    "rgba-premultiplied",
                    "What the 4 channels of " + what
                            + " are cannot be told; colour multiplied by its alpha is what is served");
        }
        return depth == 1 ? "grey" : "rgb";
    }

    /** With the size that was told where it is open; throws UNDECIDED where that is missing. */
    PictureFacts sized(String what, Told told) {
        if (height > 0 && width > 0) {
            return this;
        }
        Size size = told.size()
                .orElseThrow(() -> Unfit.undecided(
                        "--size", "WIDTHxHEIGHT", "The size of " + what + " is open, and the task needs one size"));
        return new PictureFacts(
                layout, channels, names, height > 0 ? height : size.height(), width > 0 ? width : size.width(), how);
    }

    List<Long> shape(long rows) {
        return layout.shape(rows, channels, height, width);
    }

    TensorSpec spec(String name, ValueRange range, List<Float> mean, List<Float> deviation) {
        return new TensorSpec(
                name,
                "image",
                "float32",
                shape(-1),
                Optional.of(layout.name()),
                Optional.of(range.text()),
                Optional.of(names),
                mean,
                deviation);
    }

    /** One line of what was found. */
    String told(String name, ValueRange range, String rangeHow) {
        return Refusal.shown(name) + ": " + (width > 0 ? width + "x" + height : "any size") + ", " + names + ", "
                + layout + " (" + how + "), values " + range.text() + " (" + rangeHow + ")";
    }

    static String axes(List<Long> shape) {
        return shape.stream().map(axis -> axis < 0 ? "?" : axis.toString()).collect(Collectors.joining(", ", "(", ")"));
    }
}
