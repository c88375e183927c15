package io.atelier.messaging;

import io.smallrye.mutiny.Uni;

/** Takes a record to the broker. */
@FunctionalInterface
interface Postbox {

    /** Succeeds when the broker has acknowledged the record. */
    Uni<Void> post(OutgoingEvent event);
}
