package io.atelier.artifacts.runs;

import io.atelier.artifacts.StoredOutcome;

/**
 * How a request has ended.
 *
 * @param outcome the one outcome that is stored
 * @param replayed whether it was there before this run had worked
 */
public record Ended(StoredOutcome outcome, boolean replayed) {}
