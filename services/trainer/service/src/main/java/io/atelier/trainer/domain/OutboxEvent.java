package io.atelier.trainer.domain;

import java.util.Map;

/**
 * An event to be sent.
 *
 * @param topic where to
 * @param key its record's key
 * @param attributes its CloudEvents attributes by name
 * @param data its bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboxEvent(String topic, String key, Map<String, String> attributes, byte[] data) {}
