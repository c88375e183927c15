package io.atelier.artifacts.runs;

/**
 * A decoded request.
 *
 * @param body its deterministic protobuf form, by which another body under the same id is told
 * @param work what it asks for
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Prepared(byte[] body, Work work) {}
