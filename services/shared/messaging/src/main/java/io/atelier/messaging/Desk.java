package io.atelier.messaging;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.Ended;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.artifacts.runs.Work;
import io.atelier.kernel.RequestKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes requests that came as events and answers for their outcomes. A service that has {@link
 * io.atelier.artifacts.runs.Runs} needs none of its own: its requests are worked on while their records wait. One whose
 * work takes longer than a record may wait keeps requests elsewhere, and tells their ends by {@link OutgoingEvents}.
 */
public interface Desk {

    /** Who speaks in the events. */
    EventIssuer issuer();

    /**
     * Takes a request.
     *
     * @param work what it asks for
     * @return its outcome, whose event is sent before the record is acknowledged; nothing when the request is kept, so that
     *     the record may be acknowledged, and its outcome comes later
     * @throws io.atelier.kernel.ProblemException {@code REQUEST_CONFLICT}, which sets the record aside; {@code
     *     STORE_UNAVAILABLE}, which makes the channel wait; {@code SHUTTING_DOWN}, which leaves the record to others
     */
    Optional<Ended> serve(RunRequest request, ProgressListener progress, Work work);

    /** Cancels a request that came, or will come, by an event; its outcome, or nothing when it is past cancelling. */
    Optional<StoredOutcome> cancel(RequestKey key, String requestId, String requestSource);

    /** Takes no more and waits for what is worked on; answers whether all of it ended in time. */
    boolean drain(Duration bound) throws InterruptedException;
}
