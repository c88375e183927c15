package io.atelier.trainer.runtime;

import io.atelier.messaging.OutgoingEvents;
import io.atelier.trainer.domain.Outbox;
import java.util.concurrent.TimeUnit;

/** Sends what the outbox holds, again and again. Replicas share the work. */
public final class OutboxRelay {
    private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());
    private static final int MOST = 50;
    private static final long BETWEEN_LOOKS_MILLIS = 250;
    private static final long AFTER_FAILURE_MILLIS = 2000;

    private final Outbox outbox;
    private final OutgoingEvents events;
    private final Thread thread = Thread.ofVirtual().name("outbox").unstarted(this::run);
    private volatile boolean stopping;

    public OutboxRelay(Outbox outbox, OutgoingEvents events) {
        this.outbox = outbox;
        this.events = events;
    }

    public void start() {
        thread.start();
    }

    public void stop() {
        stopping = true;
        thread.interrupt();
    }

    private void run() {
        while (!stopping) {
            try {
                int sent = outbox.relay(
                        MOST, event -> events.send(event.topic(), event.key(), event.attributes(), event.data()));
                TimeUnit.MILLISECONDS.sleep(sent == MOST ? 0 : BETWEEN_LOOKS_MILLIS);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "events of ended jobs wait to be sent: {0}", e.getMessage());
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
