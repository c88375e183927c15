package io.atelier.learn.data;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a picture's channels are; the id is the one model.json uses. */
public enum Channels {
    /** Luma. */
    GREY("grey", 1),
    /** Red, green, blue; transparent pictures composed over white. */
    RGB("rgb", 3),
    /** Red, green, blue multiplied by alpha, then alpha: colour under transparent pixels is nothing to learn. */
    RGBA_PREMULTIPLIED("rgba-premultiplied", 4);

    private final String id;
    private final int count;

    Channels(String id, int count) {
        this.id = id;
        this.count = count;
    }

    @JsonValue
    public String id() {
        return id;
    }

    public int count() {
        return count;
    }

    /** The channels of a tensor with this many: 1, 3 or 4. */
    public static Channels of(int count) {
        return switch (count) {
            case 1 -> GREY;
            case 3 -> RGB;
            case 4 -> RGBA_PREMULTIPLIED;
            default -> throw new IllegalArgumentException("pictures have 1, 3 or 4 channels, not " + count);
        };
    }
}
