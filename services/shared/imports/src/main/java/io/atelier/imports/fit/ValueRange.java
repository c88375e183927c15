package io.atelier.imports.fit;

import java.util.Arrays;
import java.util.Optional;

/** What black and full light are as numbers, before mean and deviation. */
public enum ValueRange {
    BYTES("0..255", 0, 255),
    UNIT("0..1", 0, 1),
    SIGNED("-1..1", -1, 1);

    private final String text;
    private final double low;
    private final double high;

    ValueRange(String text, double low, double high) {
        this.text = text;
        this.low = low;
        this.high = high;
    }

    /** As model.json and the options write it. */
    public String text() {
        return text;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    public static Optional<ValueRange> byText(String text) {
        return Arrays.stream(values()).filter(range -> range.text.equals(text)).findFirst();
    }

    /** The range with these ends. */
    static Optional<ValueRange> between(double low, double high) {
        return Arrays.stream(values())
                .filter(range -> range.low == low && range.high == high)
                .findFirst();
    }
}
