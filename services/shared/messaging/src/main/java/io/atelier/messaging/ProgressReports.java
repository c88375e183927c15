package io.atelier.messaging;

import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.RunRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends a request's progress, at most once in an interval and one event at a time. Short work reports none. A report
 * that cannot be sent is dropped: the next one says more.
 */
final class ProgressReports {
    private final EventIssuer issuer;
    private final Postbox postbox;
    private final Duration interval;
    private final InstantSource clock;

    ProgressReports(EventIssuer issuer, Postbox postbox, Duration interval, InstantSource clock) {
        this.issuer = issuer;
        this.postbox = postbox;
        this.interval = interval;
        this.clock = clock;
    }

    ProgressListener of(RunRequest request) {
        AtomicReference<Instant> last = new AtomicReference<>(clock.instant());
        AtomicBoolean sending = new AtomicBoolean();
        Map<String, String> trace = Traces.carried();
        return (done, total) -> {
            Instant now = clock.instant();
            Instant before = last.get();
            if (now.isBefore(before.plus(interval))
                    || !last.compareAndSet(before, now)
                    || !sending.compareAndSet(false, true)) {
                return;
            }
            try {
                postbox.post(event(request, trace, now, done, total))
                        .subscribe()
                        .with(sent -> sending.set(false), failed -> sending.set(false));
            } catch (RuntimeException e) {
                sending.set(false);
            }
        };
    }

    private OutgoingEvent event(RunRequest request, Map<String, String> trace, Instant now, int done, int total) {
        ProgressEvent event = ProgressEvent.of(
                issuer.kind(), issuer.source(), request.key(), request.id(), request.source(), now, done, total);
        return new OutgoingEvent(
                OutgoingEvent.Channel.PROGRESS,
                request.key().hex().getBytes(StandardCharsets.UTF_8),
                event.data(),
                EventHeaders.of(event.attributes(), trace));
    }
}
