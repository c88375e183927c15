package io.atelier.kit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A record as a stranger to this project sees it.
 *
 * @param topic where it lies
 * @param partition in which partition
 * @param offset at which offset
 * @param key its key as text
 * @param headers its headers as text, the last of each name
 * @param value its bytes
 */
public record Event(String topic, int partition, long offset, String key, Map<String, String> headers, byte[] value) {

    /** The CloudEvents type. */
    public Optional<String> type() {
        return header("ce_type");
    }

    /** The CloudEvents id. */
    public Optional<String> id() {
        return header("ce_id");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }
}
