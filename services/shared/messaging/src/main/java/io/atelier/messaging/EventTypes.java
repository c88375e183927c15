package io.atelier.messaging;

/** The event types that delivery itself reads and sends. A service's requests are named by its handler. */
public final class EventTypes {
    /** Cancels a request that came by Kafka. */
    public static final String CANCEL = "io.atelier.cancel.v1";

    private EventTypes() {}

    /** Tells how far a request of a kind has come. */
    public static String progress(String kind) {
        return "io.atelier." + kind + ".progress.v1";
    }
}
