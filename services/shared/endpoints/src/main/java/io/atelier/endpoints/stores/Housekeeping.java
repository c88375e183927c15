package io.atelier.endpoints.stores;

import io.atelier.artifacts.WorkStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sweeps the artifact store once an hour; processes that share a store take turns. */
@Singleton
final class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final WorkStore store;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("atelier-housekeeping").factory());

    Housekeeping(WorkStore store) {
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        var _ = timer.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdown();
    }

    private void sweep() {
        try {
            store.sweep().ifPresent(report -> LOG.infof("Swept the artifact store: %s", report));
        } catch (RuntimeException e) {
            LOG.warn("The artifact store could not be swept; next try in an hour", e);
        }
    }
}
