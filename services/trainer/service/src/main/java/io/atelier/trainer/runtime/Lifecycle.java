package io.atelier.trainer.runtime;

import io.atelier.endpoints.config.RequestsConfig;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.kernel.ProblemException;
import io.atelier.trainer.config.TrainerConfig;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.Ledger;
import io.atelier.trainer.domain.RecipeBook;
import io.atelier.trainer.runtime.runs.Runs;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts the workbenches last and stops them first: a running training keeps its last step and is given back before the
 * ledger's connections go.
 */
@Singleton
public final class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);
    private static final int BEFORE_MESSAGING = 100;
    private static final int AFTER_MESSAGING = 5000;
    private static final Duration AFTER_START = Duration.ofSeconds(3);
    /** What ending a training takes beside waiting for it. */
    private static final Duration GIVING_BACK = Duration.ofSeconds(3);

    private final WorkbenchThreads benches;
    private final OutboxRelay outbox;
    private final Runs runs;
    private final RecipeBook recipes;
    private final Ledger ledger;
    private final ArtifactsInUse inUse;
    private final Calls calls;
    private final Runnable endStreams;
    private final TrainerConfig trainer;
    private final RequestsConfig requests;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("atelier-runs-sweeper").factory());

    Lifecycle(
            WorkbenchThreads benches,
            OutboxRelay outbox,
            Runs runs,
            RecipeBook recipes,
            Ledger ledger,
            ArtifactsInUse inUse,
            Calls calls,
            StreamsEnd endStreams,
            TrainerConfig trainer,
            RequestsConfig requests) {
        this.benches = benches;
        this.outbox = outbox;
        this.runs = runs;
        this.recipes = recipes;
        this.ledger = ledger;
        this.inUse = inUse;
        this.calls = calls;
        this.endStreams = endStreams;
        this.trainer = trainer;
        this.requests = requests;
    }

    /** Ends the streams of those who watch. */
    @FunctionalInterface
    public interface StreamsEnd extends Runnable {}

    void start(@Observes StartupEvent event) {
        outbox.start();
        benches.start();
        // so that the first order need not wait; later, for it starts a JVM, which would slow what is still starting
        var _ = sweeper.schedule(this::readRecipes, AFTER_START.toMillis(), TimeUnit.MILLISECONDS);
        var _ = sweeper.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
        var _ = sweeper.scheduleWithFixedDelay(
                this::renew, AFTER_START.toMillis(), Duration.ofDays(1).toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes @Priority(BEFORE_MESSAGING) ShutdownEvent event) throws InterruptedException {
        calls.refuseMore();
        endStreams.run();
        sweeper.shutdown();
        if (!benches.stop(trainer.stopPatience().plus(GIVING_BACK))) {
            LOG.warn("Stopped with a training running; its lease runs out and another worker goes on with it");
        }
    }

    void stopLast(@Observes @Priority(AFTER_MESSAGING) ShutdownEvent event) {
        outbox.stop();
        if (!calls.awaitIdle(requests.drain())) {
            LOG.warn("Stopped with calls open; their clients see UNAVAILABLE");
        }
    }

    private void readRecipes() {
        if (sweeper.isShutdown()) {
            return; // what was scheduled once still comes after that
        }
        try {
            recipes.all();
        } catch (ProblemException e) {
            LOG.warn("No training can be ordered: " + e.problem().message());
        }
    }

    private void renew() {
        try {
            inUse.renew();
        } catch (RuntimeException e) {
            LOG.warn("What unfinished jobs name could not be renewed; next try in a day", e);
        }
    }

    /** A job that the ledger does not know has no use for its run. */
    private boolean isOver(JobId id) {
        return ledger.find(id).map(job -> job.state().isEnd()).orElse(true);
    }

    private void sweep() {
        try {
            int swept = runs.sweep(trainer.runsKept(), Instant.now(), this::isOver);
            if (swept > 0) {
                LOG.infof("Removed the runs of %d jobs", swept);
            }
        } catch (RuntimeException e) {
            LOG.warn("The runs could not be swept; next try in an hour", e);
        }
    }
}
