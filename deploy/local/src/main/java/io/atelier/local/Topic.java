package io.atelier.local;

import java.time.Duration;
import java.util.Map;

/**
 * A topic as the local runtime makes it.
 *
 * @param name its name
 * @param partitions how many
 * @param settings Kafka's topic settings that differ from the broker's
 */
public record Topic(String name, int partitions, Map<String, String> settings) {
    private static final int PARTITIONS = 6;

    static Topic kept(String name, Duration retention) {
        return new Topic(name, PARTITIONS, Map.of("retention.ms", Long.toString(retention.toMillis())));
    }

    /** Holds what did not fit: a record of the largest size plus the headers that say why it lies here. */
    static Topic deadLetter(String name, Duration retention) {
        return new Topic(
                name,
                PARTITIONS,
                Map.of("retention.ms", Long.toString(retention.toMillis()), "max.message.bytes", "2097152"));
    }

    static Topic compacted(String name) {
        return new Topic(name, 1, Map.of("cleanup.policy", "compact"));
    }
}
