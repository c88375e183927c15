package io.atelier.trainer.domain;

import java.util.Optional;

/** Makes the event that tells of a job's end. Called inside the transaction that ends it, so it must not wait. */
@FunctionalInterface
public interface EndEvents {
    /** The event, or nothing for a job that nobody asked for by an event. */
    Optional<OutboxEvent> of(Job ended);
}
