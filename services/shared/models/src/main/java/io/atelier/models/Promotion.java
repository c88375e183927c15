package io.atelier.models;

/**
 * A model's current.json.
 *
 * @param version the promoted version
 * @param pinned whether publishing leaves the promotion alone
 * @param previous the version promoted before, for rolling back; 0 when none was
 * @param revision counts the changes, so that two writers notice each other
 */
public record Promotion(long version, boolean pinned, long previous, long revision) {}
