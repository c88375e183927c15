package io.atelier.messaging;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An outcome store that a test can take away and give back. */
class FaultyOutcomes implements OutcomeStore {
    private final Map<RequestKey, StoredOutcome> outcomes = new ConcurrentHashMap<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean away;

    void takeAway() {
        away = true;
    }

    void giveBack() {
        away = false;
    }

    int refusals() {
        return refusals.get();
    }

    @Override
    public Optional<StoredOutcome> find(RequestKey key) {
        check();
        return Optional.ofNullable(outcomes.get(key));
    }

    @Override
    public StoredOutcome putIfAbsent(StoredOutcome outcome) {
        check();
        StoredOutcome stored = outcomes.putIfAbsent(outcome.key(), outcome);
        return stored == null ? outcome : stored;
    }

    private void check() {
        if (away) {
            refusals.incrementAndGet();
            throw Problem.of(ErrorCode.STORE_UNAVAILABLE, "The store is away.").exception();
        }
    }
}
