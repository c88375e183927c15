package io.atelier.trainer.api.kafka;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.Ended;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.artifacts.runs.Work;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.messaging.Desk;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Ledger;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps requests in the ledger. While it cannot be reached, nothing is acknowledged and the channel waits. */
@Singleton
final class LedgerDesk implements Desk {
    private final Ledger ledger;
    private final TrainingEnds ends;

    LedgerDesk(Ledger ledger, TrainingEnds ends) {
        this.ledger = ledger;
        this.ends = ends;
    }

    @Override
    public EventIssuer issuer() {
        return ends.issuer();
    }

    @Override
    public Optional<Ended> serve(RunRequest request, ProgressListener progress, Work work) {
        return reached(() -> {
            Optional<Job> before = ledger.find(request.key());
            Job job = accept(request, work);
            // an end of which the outbox knows is the outbox's to tell
            return before.filter(known -> known.state().isEnd())
                    .flatMap(known -> ends.of(job))
                    .map(Ended::before);
        });
    }

    /** The job a request has made, be it one that was refused. */
    private Job accept(RunRequest request, Work work) {
        try {
            work.run(new RunContext(
                    request.key(),
                    request.id(),
                    request.source(),
                    request.deadline(),
                    new Cancellation(),
                    ProgressListener.NONE));
        } catch (ProblemException e) {
            if (e.problem().status().retried() || e.problem().code() == ErrorCode.REQUEST_CONFLICT) {
                throw e;
            }
            return ledger.refuse(asked(request), Failure.of(e.problem()));
        }
        return ledger.find(request.key()).orElseThrow();
    }

    @Override
    public Optional<StoredOutcome> cancel(RequestKey key, String requestId, String requestSource) {
        Asked asked = new Asked(
                key, Optional.empty(), Entrance.KAFKA, requestSource, requestId, requestSource, Deadline.NEVER);
        return reached(() -> ends.of(ledger.cancel(asked)));
    }

    @Override
    public boolean drain(Duration bound) {
        return true; // a request is a row or is not acknowledged
    }

    private static Asked asked(RunRequest request) {
        return new Asked(
                request.key(),
                Optional.of(request.body()),
                Entrance.KAFKA,
                request.source(),
                request.id(),
                request.source(),
                request.deadline());
    }

    private static <T> T reached(Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            if (!e.problem().status().retried()) {
                throw e;
            }
            throw Problem.of(ErrorCode.STORE_UNAVAILABLE, e.problem().message()).exception(e);
        }
    }
}
