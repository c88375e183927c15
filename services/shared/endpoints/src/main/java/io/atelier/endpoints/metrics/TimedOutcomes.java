package io.atelier.endpoints.metrics;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.RequestKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;

/** An outcome store that times its durable writes as {@code atelier_outcome_write_seconds}. */
public final class TimedOutcomes implements OutcomeStore {
    private final OutcomeStore store;
    private final Timer writes;

    public TimedOutcomes(OutcomeStore store, MeterRegistry registry) {
        this.store = store;
        this.writes = Writes.timer(registry, "outcome");
    }

    @Override
    public Optional<StoredOutcome> find(RequestKey key) {
        return store.find(key);
    }

    @Override
    public StoredOutcome putIfAbsent(StoredOutcome outcome) {
        return Writes.time(writes, () -> store.putIfAbsent(outcome));
    }
}
