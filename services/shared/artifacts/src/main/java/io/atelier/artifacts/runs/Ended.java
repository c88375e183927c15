package io.atelier.artifacts.runs;

import io.atelier.artifacts.StoredOutcome;

/**
 * How a request has ended.
 *
 * @param outcome the one outcome that is stored
 * @param replayed whether it was there before this run had worked
 * @param own whether it is what this run came to; between two equal requests at once, only one run's is stored
 */
public record Ended(StoredOutcome outcome, boolean replayed, boolean own) {

    /** An outcome that was there before. */
    public static Ended before(StoredOutcome outcome) {
        return new Ended(outcome, true, false);
    }
}
