package io.atelier.trainer.domain;

import java.util.Map;

/**
 * A record to be sent.
 *
 * @param topic where to
 * @param key its key
 * @param headers its headers
 * @param value its bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboxEvent(String topic, String key, Map<String, String> headers, byte[] value) {}
