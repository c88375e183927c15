package io.atelier.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What a closed loop measured.
 *
 * @param millis every call's latency, ascending
 * @param seconds how long all calls took together
 */
public record Sample(double[] millis, double seconds) {

    public static Sample of(double[] millis, double seconds) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Sample(sorted, seconds);
    }

    /** Several measurements of the same as one. */
    public static Sample together(List<Sample> parts) {
        return of(
                parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part.millis))
                        .toArray(),
                parts.stream().mapToDouble(Sample::seconds).sum());
    }

    /** The latency that this share of the calls does not exceed (nearest rank). */
    public double percentile(double share) {
        int rank = (int) Math.ceil(share * millis.length);
        return millis[Math.max(0, rank - 1)];
    }

    public double callsPerSecond() {
        return millis.length / seconds;
    }
}
