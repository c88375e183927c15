package io.atelier.oip;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a graph of a version has run since the process started, whoever asked for it.
 *
 * @param name as the graph is addressed
 * @param version the version
 * @param lastMillis when its last run ended, in milliseconds since 1970; 0 when there was none
 * @param rows rows that were run
 * @param succeeded requests that ended well, from their arrival on
 * @param failed requests that did not
 * @param queued waits for a first row's run
 * @param runs the runs
 * @param batches the runs by their number of rows
 */
public record GraphStatistics(
        String name,
        long version,
        long lastMillis,
        long rows,
        Timed succeeded,
        Timed failed,
        Timed queued,
        Timed runs,
        Map<Integer, Timed> batches) {
    public GraphStatistics {
        batches = new TreeMap<>(batches);
    }

    /** A graph that has run nothing. */
    static GraphStatistics none(String name, long version) {
        return new GraphStatistics(name, version, 0, 0, Timed.NEVER, Timed.NEVER, Timed.NEVER, Timed.NEVER, Map.of());
    }

    /**
     * How often, and how long in all.
     *
     * @param count how often
     * @param nanos nanoseconds in all
     */
    public record Timed(long count, long nanos) {
        static final Timed NEVER = new Timed(0, 0);

        Timed and(long moreNanos) {
            return new Timed(count + 1, nanos + moreNanos);
        }

        /** As often, but without a time of its own. */
        public Timed untimed() {
            return new Timed(count, 0);
        }
    }
}
