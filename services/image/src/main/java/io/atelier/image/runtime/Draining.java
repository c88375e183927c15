package io.atelier.image.runtime;

import io.atelier.endpoints.config.RequestsConfig;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.models.Watches;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Lets calls end before the process does. Calls are refused before messaging drains the runs of both entrances, and their
 * answers are waited for after it.
 */
@Singleton
final class Draining {
    private static final Logger LOG = Logger.getLogger(Draining.class);
    private static final int BEFORE_MESSAGING = 100;
    private static final int AFTER_MESSAGING = 5000;

    private final Calls calls;
    private final Watches watches;
    private final RequestsConfig config;

    Draining(Calls calls, Watches watches, RequestsConfig config) {
        this.calls = calls;
        this.watches = watches;
        this.config = config;
    }

    void refuse(@Observes @Priority(BEFORE_MESSAGING) ShutdownEvent event) {
        calls.refuseMore();
        watches.end();
    }

    void await(@Observes @Priority(AFTER_MESSAGING) ShutdownEvent event) {
        if (!calls.awaitIdle(config.drain())) {
            LOG.warn("Stopped with calls open; their clients see UNAVAILABLE");
        }
    }
}
