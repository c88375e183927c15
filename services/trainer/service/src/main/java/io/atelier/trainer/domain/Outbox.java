package io.atelier.trainer.domain;

/** Events that are due. Each is sent at least once. */
public interface Outbox {

    /** Sends; returns once the broker has acknowledged, and throws when it has not. */
    @FunctionalInterface
    interface Sender {
        void send(OutboxEvent event);
    }

    /**
     * Sends what is due and forgets what was sent. Several processes may do so at once; they share the work.
     *
     * @param most how many at most
     * @return how many were sent
     */
    int relay(int most, Sender sender);
}
