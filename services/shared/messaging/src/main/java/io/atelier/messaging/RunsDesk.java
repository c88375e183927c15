package io.atelier.messaging;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.Ended;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.Recording;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.artifacts.runs.Runs;
import io.atelier.artifacts.runs.Work;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.RequestKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Works on each request in this process, while its record waits. */
final class RunsDesk implements Desk {
    private final Runs runs;
    private final UnaryOperator<Work> retrying;

    RunsDesk(Runs runs, UnaryOperator<Work> retrying) {
        this.runs = runs;
        this.retrying = retrying;
    }

    @Override
    public EventIssuer issuer() {
        return runs.issuer();
    }

    @Override
    public Optional<Ended> serve(RunRequest request, ProgressListener progress, Work work) {
        return Optional.of(runs.execute(
                request, Recording.RESULTS_AND_FAILURES, new Cancellation(), progress, retrying.apply(work)));
    }

    @Override
    public Optional<StoredOutcome> cancel(RequestKey key, String requestId, String requestSource) {
        return Optional.of(runs.cancel(key, requestId, requestSource));
    }

    @Override
    public boolean drain(Duration bound) throws InterruptedException {
        return runs.drain(bound);
    }
}
