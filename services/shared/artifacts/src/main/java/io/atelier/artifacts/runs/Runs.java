package io.atelier.artifacts.runs;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.StoredOutcome.Kind;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * Brings each request to its one outcome (promises P1, P2, P4, P5). One per process, shared by all its entrances.
 *
 * <p>Thread-safe and blocking. A failure that leaves the work to be done again ({@code STORE_UNAVAILABLE}, {@code
 * SHUTTING_DOWN}) is always thrown and never recorded.
 */
public final class Runs implements AutoCloseable {
    private static final Duration LAST_STEP = Duration.ofSeconds(5);

    private final EventIssuer issuer;
    private final OutcomeStore outcomes;
    private final OutcomeEvents events;
    private final InstantSource clock;
    private final InFlight inFlight = new InFlight();
    private final DeadlineTimer deadlines = new DeadlineTimer();

    public Runs(EventIssuer issuer, OutcomeStore outcomes, InstantSource clock) {
        this.issuer = issuer;
        this.outcomes = outcomes;
        this.clock = clock;
        this.events = new OutcomeEvents(issuer, clock);
    }

    /**
     * Answers a request with its one outcome: the stored one, or what the work comes to.
     *
     * @param cancellation struck by the entrance when the client is gone, which stops the work and leaves no outcome;
     *     struck from here when the deadline passes, the request is cancelled or the process stops
     * @throws ProblemException with {@code REQUEST_CONFLICT} when the key belongs to another body; with the work's own
     *     problem where failures are not recorded; with {@code STORE_UNAVAILABLE} or {@code SHUTTING_DOWN} when the
     *     request has no outcome yet and must be tried again; with {@code CANCELLED} when the client is gone
     */
    public Ended execute(
            RunRequest request, Recording recording, Cancellation cancellation, ProgressListener progress, Work work) {
        Run run = new Run(request.key(), cancellation);
        inFlight.add(run);
        try {
            Optional<StoredOutcome> before = outcomes.find(request.key());
            if (before.isPresent()) {
                return Ended.before(fitting(request, before.get()));
            }
            RunContext context = new RunContext(
                    request.key(), request.id(), request.source(), request.deadline(), cancellation, progress);
            StoredOutcome own = work(request, recording, run, context, work);
            StoredOutcome stored = fitting(request, outcomes.putIfAbsent(own));
            return new Ended(stored, false, Arrays.equals(stored.data(), own.data()));
        } finally {
            inFlight.remove(run);
        }
    }

    /**
     * Cancels a request that came, or will come, by an event: puts the cancelled outcome if none is stored, then stops
     * the runs under the key if that outcome is the stored one. Answers what is stored.
     */
    public StoredOutcome cancel(RequestKey key, String requestId, String requestSource) {
        StoredOutcome stored = outcomes.putIfAbsent(events.cancelled(key, requestId, requestSource));
        if (stored.kind() == Kind.CANCELLED) {
            inFlight.of(key).forEach(run -> run.stop(Run.Stop.CANCELLED_OUTCOME));
        }
        return stored;
    }

    /** Who speaks in this process's events. */
    public EventIssuer issuer() {
        return issuer;
    }

    /** How many runs are in flight. */
    public int inFlight() {
        return inFlight.size();
    }

    /**
     * Refuses new runs and waits for those in flight; stops what is left after the bound, without an outcome, so that
     * the broker or the client asks again. May be called by every entrance.
     *
     * @return whether all runs ended of themselves
     */
    public boolean drain(Duration bound) throws InterruptedException {
        inFlight.refuseMore();
        if (inFlight.awaitIdle(bound)) {
            return true;
        }
        inFlight.all().forEach(run -> run.stop(Run.Stop.SHUTDOWN));
        inFlight.awaitIdle(LAST_STEP);
        return false;
    }

    @Override
    public void close() {
        deadlines.close();
    }

    private StoredOutcome work(RunRequest request, Recording recording, Run run, RunContext context, Work work) {
        try {
            if (request.deadline().expired(clock)) {
                throw late().exception();
            }
            try (DeadlineTimer.Alarm _ =
                    deadlines.at(request.deadline().remaining(clock), () -> run.stop(Run.Stop.DEADLINE))) {
                return events.completed(request, work.run(context));
            }
        } catch (RuntimeException e) {
            if (run.stopped() == Run.Stop.CANCELLED_OUTCOME) {
                return events.cancelled(request.key(), request.id(), request.source());
            }
            ProblemException failure = explain(run, e);
            if (recording == Recording.RESULTS || !isFinal(failure.problem().code())) {
                throw failure;
            }
            return events.failed(request, failure.problem());
        }
    }

    private static ProblemException explain(Run run, RuntimeException e) {
        if (e instanceof ProblemException known && known.problem().status() == Status.DEADLINE_EXCEEDED) {
            return known;
        }
        if (run.stopped() == Run.Stop.DEADLINE) {
            return late().exception(e);
        }
        if (run.stopped() == Run.Stop.SHUTDOWN) {
            return InFlight.shuttingDown().exception(e);
        }
        if (e instanceof ProblemException known) {
            return known;
        }
        return Problem.of(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning()).exception(e);
    }

    private static boolean isFinal(ErrorCode code) {
        return switch (code) {
            case STORE_UNAVAILABLE, SHUTTING_DOWN, CANCELLED -> false;
            default -> true;
        };
    }

    private static StoredOutcome fitting(RunRequest request, StoredOutcome stored) {
        if (!stored.fits(request.body())) {
            throw Problem.of(
                            ErrorCode.REQUEST_CONFLICT,
                            "A request with id " + request.id()
                                    + " and another body came before; its outcome stands. Use a fresh id.")
                    .exception();
        }
        return stored;
    }

    private static Problem late() {
        return Problem.of(ErrorCode.DEADLINE, "The time for this request ran out before it was done.");
    }
}
