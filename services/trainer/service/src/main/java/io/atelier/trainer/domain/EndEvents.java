package io.atelier.trainer.domain;

import java.util.List;

/** Makes the events that tell of a job's end. Called inside the transaction that ends it, so it must not wait. */
@FunctionalInterface
public interface EndEvents {
    /** The events, in the order in which they are to be sent. */
    List<OutboxEvent> of(Job ended);
}
