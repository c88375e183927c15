package io.atelier.artifacts;

import io.atelier.kernel.RequestKey;
import java.util.Optional;

/** Keeps one outcome per request. Thread-safe, and safe against other processes on the same store. */
public interface OutcomeStore {

    Optional<StoredOutcome> find(RequestKey key);

    /** Puts an outcome if none is stored under its key, durably, and returns the one that is stored now. */
    StoredOutcome putIfAbsent(StoredOutcome outcome);
}
