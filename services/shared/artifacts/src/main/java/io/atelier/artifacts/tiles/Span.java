package io.atelier.artifacts.tiles;

import java.util.ArrayList;
import java.util.List;

/**
 * One part of a line of pixels: what a network is shown of it, and what of its answer is kept.
 *
 * @param from where what is shown begins; below 0 it begins outside of the picture
 * @param length how many pixels are shown
 * @param keepFrom where what is kept begins
 * @param keepTo where what is kept ends, exclusive
 * @param ramp how many of the kept pixels, from the first on, go over from the part before to this one; 0 when parts do not
 *     overlap
 */
public record Span(int from, int length, int keepFrom, int keepTo, int ramp) {

    /**
     * Parts that are shown with surroundings on both sides, the picture mirrored at its edges, and lose them again; what is
     * kept of them meets without overlapping.
     *
     * @param size pixels of the line, a multiple of {@code multiple}
     * @param core the most pixels that are kept of a part, a multiple of {@code multiple}
     * @param reach the pixels of the surroundings, a multiple of {@code multiple}
     * @param multiple what parts begin at multiples of
     */
    public static List<Span> framed(int size, int core, int reach, int multiple) {
        int count = Math.ceilDiv(size, core);
        int even = Math.ceilDiv(Math.ceilDiv(size, count), multiple) * multiple;
        List<Span> spans = new ArrayList<>();
        for (int at = 0; at < size; at += even) {
            int end = Math.min(size, at + even);
            spans.add(new Span(at - reach, end - at + 2 * reach, at, end, 0));
        }
        return List.copyOf(spans);
    }

    /**
     * Parts of one length that overlap and go over into each other; the first begins where the line does, the last ends
     * where it ends.
     *
     * @param size pixels of the line; a line that is not longer than a part is one part of its own length
     * @param length pixels of a part
     * @param margin what is cut off at ends that are none of the line's
     * @param ramp the fewest pixels in which parts go over into each other
     * @param multiple what parts begin at multiples of, as far as size and length are multiples too
     */
    public static List<Span> overlapping(int size, int length, int margin, int ramp, int multiple) {
        if (size <= length) {
            return List.of(new Span(0, size, 0, size, 0));
        }
        int step = Math.max(1, length - 2 * margin - ramp - (multiple - 1));
        int count = Math.ceilDiv(size - length, step) + 1;
        List<Span> spans = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            int even = (int) ((long) (size - length) * i / (count - 1));
            int from = last ? size - length : even / multiple * multiple;
            int keepFrom = i == 0 ? 0 : from + margin;
            int keepTo = last ? size : from + length - margin;
            spans.add(new Span(from, length, keepFrom, keepTo, i == 0 ? 0 : Math.max(0, before - keepFrom)));
            before = keepTo;
        }
        return List.copyOf(spans);
    }
}
