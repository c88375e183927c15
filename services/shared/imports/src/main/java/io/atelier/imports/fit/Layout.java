package io.atelier.imports.fit;

import java.util.List;

/** The order of a picture tensor's axes. */
public enum Layout {
    NCHW(1, 2),
    NHWC(3, 1);

    private final int channels;
    private final int height;

    Layout(int channels, int height) {
        this.channels = channels;
        this.height = height;
    }

    long channels(List<Long> shape) {
        return shape.get(channels);
    }

    long height(List<Long> shape) {
        return shape.get(height);
    }

    long width(List<Long> shape) {
        return shape.get(height + 1);
    }

    /** The shape of so many pictures. */
    List<Long> shape(long rows, long depth, long tall, long wide) {
        return this == NCHW ? List.of(rows, depth, tall, wide) : List.of(rows, tall, wide, depth);
    }
}
