package io.atelier.trainer.runtime.ledger;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.RequestKey;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Ledger;
import java.util.Optional;
import java.util.function.Function;

/** The outcomes of training requests, to be read: a job's end is its outcome, and only the ledger ends jobs. */
public final class LedgerOutcomes implements OutcomeStore {
    private final Ledger ledger;
    private final Function<Job, Optional<StoredOutcome>> outcome;

    /** @param outcome a job's outcome, once it has ended */
    public LedgerOutcomes(Ledger ledger, Function<Job, Optional<StoredOutcome>> outcome) {
        this.ledger = ledger;
        this.outcome = outcome;
    }

    @Override
    public Optional<StoredOutcome> find(RequestKey key) {
        return ledger.find(key).flatMap(outcome);
    }

    @Override
    public StoredOutcome putIfAbsent(StoredOutcome outcome) {
        throw new UnsupportedOperationException("the ledger keeps the outcomes of trainings");
    }
}
