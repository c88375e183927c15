package io.atelier.messaging;

import java.time.Duration;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Sends a record until the broker has it: as often as it takes, with bounded waits, or until the process stops. */
final class Delivery {
    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Postbox postbox;
    private final Backoff backoff;
    private final Stopping stopping;

    Delivery(Postbox postbox, Backoff backoff, Stopping stopping) {
        this.postbox = postbox;
        this.backoff = backoff;
        this.stopping = stopping;
    }

    /**
     * Blocks until the broker has acknowledged the record.
     *
     * @throws RecordTooLargeException when the broker will never take it
     * @throws io.atelier.kernel.ProblemException with {@code SHUTTING_DOWN} when the process stops first
     */
    void deliver(OutgoingEvent event) {
        for (int failures = 1; ; failures++) {
            try {
                postbox.post(event).await().atMost(PATIENCE);
                return;
            } catch (RuntimeException e) {
                if (tooLarge(e)) {
                    throw new RecordTooLargeException("the broker refuses the record's size", e);
                }
                LOG.log(System.Logger.Level.WARNING, "sending to " + event.channel() + " failed, trying again", e);
                stopping.pause(backoff.after(failures));
            }
        }
    }

    private static boolean tooLarge(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }
}
