package io.atelier.trainer.domain;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One attempt at a job, from its claim to its end: writes what the attempt tells into the ledger while the lease holds. */
final class Shift {
    private static final System.Logger LOG = System.getLogger(Shift.class.getName());

    private final Lease lease;
    private final Attempt attempt;
    private final Leases leases;
    private final Ledger ledger;
    private final Publisher publisher;
    private final Samples samples;
    private final ProgressReports progress;
    private final BenchSettings settings;
    private final BooleanSupplier stopping;
    private final InstantSource clock;
    private long heldAt = System.nanoTime();

    Shift(
            Lease lease,
            Attempt attempt,
            Leases leases,
            Ledger ledger,
            Publisher publisher,
            Samples samples,
            ProgressReports progress,
            BenchSettings settings,
            BooleanSupplier stopping,
            InstantSource clock) {
        this.lease = lease;
        this.attempt = attempt;
        this.leases = leases;
        this.ledger = ledger;
        this.publisher = publisher;
        this.samples = samples;
        this.progress = progress;
        this.settings = settings;
        this.stopping = stopping;
        this.clock = clock;
    }

    /** Returns when the attempt has ended, is given back, or is no longer this worker's; the caller closes it. */
    void work() throws InterruptedException {
        boolean holds = true;
        while (holds) {
            if (stopping.getAsBoolean()) {
                giveBack();
                return;
            }
            if (isLate()) {
                written(() -> leases.end(lease, new End.Failed(late())));
                return;
            }
            Optional<Sign> sign = attempt.next(settings.glance());
            if (sign.isPresent() && sign.get() instanceof Sign.Ending ending) {
                end(ending);
                return;
            }
            holds = sign.isPresent() ? heed(sign.get()) : still();
        }
        letGo();
    }

    private boolean isLate() {
        return lease.job().asked().deadline().expired(clock);
    }

    private static Failure late() {
        return Failure.of(Problem.of(ErrorCode.DEADLINE, "The time for this training ran out before it was done."));
    }

    /** Answers whether the lease holds. */
    private boolean heed(Sign sign) throws InterruptedException {
        return switch (sign) {
            case Sign.Point(var step, var total, var metrics, var sample) -> {
                Optional<Digest> kept = sample.flatMap(file -> samples.keep(lease.job(), step, file));
                yield written(() -> leases.report(lease, new Report(step, total, metrics, kept)));
            }
            case Sign.Paced(var step, var total, var pace) -> {
                progress.told(lease.job(), step, total);
                yield written(() -> leases.pace(lease, step, total, pace));
            }
            case Sign.Saved _ -> still();
            case Sign.Evaluating _ -> written(() -> leases.enter(lease, JobState.EVALUATING));
            case Sign.Evaluated(var metrics) -> written(() -> leases.evaluated(lease, metrics));
            case Sign.Ending ending -> throw new IllegalArgumentException("not here: " + ending);
        };
    }

    private void end(Sign.Ending ending) throws InterruptedException {
        switch (ending) {
            case Sign.Made(var folder, var promote) -> publish(folder, promote);
            case Sign.Failed(var failure) -> written(() -> leases.end(lease, new End.Failed(failure)));
            case Sign.Stopped _ -> written(() -> leases.giveBack(lease));
            case Sign.Vanished(var traces) -> {
                LOG.log(System.Logger.Level.WARNING, "job {0}: {1}", lease.job().id(), traces);
                written(() -> leases.abandon(lease, traces));
            }
        }
    }

    /** Publishing may take longer than a lease, so the lease is renewed beside it. */
    private void publish(Path folder, boolean promote) throws InterruptedException {
        if (!written(() -> leases.enter(lease, JobState.PUBLISHING))) {
            return;
        }
        FutureTask<Published> publishing = new FutureTask<>(
                () -> publisher.publish(lease.job(), folder, promote, version -> leases.take(lease, version)));
        Thread.ofVirtual().name("publish-" + lease.job().id()).start(publishing);
        while (true) {
            try {
                Published published = publishing.get(settings.glance().toMillis(), TimeUnit.MILLISECONDS);
                written(() -> leases.end(lease, new End.Succeeded(published)));
                return;
            } catch (TimeoutException e) {
                if (!still()) {
                    return; // a version it may yet publish was taken under the lease, and is adopted by the next
                    // attempt
                }
            } catch (ExecutionException e) {
                refused(Objects.requireNonNullElse(e.getCause(), e));
                return;
            }
        }
    }

    private void refused(Throwable cause) throws InterruptedException {
        if (cause instanceof ProblemException e && !e.problem().status().retried()) {
            written(() -> leases.end(lease, new End.Failed(Failure.of(e.problem()))));
            return;
        }
        LOG.log(System.Logger.Level.ERROR, "job " + lease.job().id() + " could not be published", cause);
        written(() -> leases.abandon(lease, "its model could not be published: " + cause.getMessage()));
    }

    /** Whether the lease holds; renews it when that is due. */
    private boolean still() throws InterruptedException {
        boolean due = System.nanoTime() - heldAt >= settings.renewal().toNanos();
        return due ? written(() -> leases.renew(lease)) : seen(() -> leases.holds(lease));
    }

    /** Looks; a ledger that cannot be reached is looked at again later, for the lease has not run out yet. */
    private boolean seen(BooleanSupplier look) {
        try {
            return look.getAsBoolean();
        } catch (ProblemException e) {
            return mayHold();
        }
    }

    /** Writes, again and again while the ledger cannot be reached and the lease has not run out. */
    private boolean written(BooleanSupplier write) throws InterruptedException {
        while (true) {
            long begun = System.nanoTime();
            try {
                boolean holds = write.getAsBoolean();
                heldAt = begun;
                return holds;
            } catch (ProblemException e) {
                if (e.problem().code() != ErrorCode.LEDGER_UNAVAILABLE || !mayHold()) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(settings.glance().toNanos());
            }
        }
    }

    /** Whether the lease can still hold, by this process's own clock. */
    private boolean mayHold() {
        return System.nanoTime() - heldAt < settings.lease().toNanos();
    }

    /** A cancelled training may keep its last step, to be gone on with; one that is someone else's is ended at once. */
    private void letGo() throws InterruptedException {
        if (isCancelled()) {
            attempt.stop();
            awaitEnd();
        }
    }

    private boolean isCancelled() {
        try {
            return ledger.find(lease.job().id())
                    .filter(job -> job.state() == JobState.CANCELLED)
                    .isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }

    private void giveBack() throws InterruptedException {
        attempt.stop();
        awaitEnd();
        attempt.close(); // before anyone else may claim it
        written(() -> leases.giveBack(lease));
    }

    /** Waits for the attempt's end and keeps the lease meanwhile. What it tells by then, the next attempt tells again. */
    private void awaitEnd() throws InterruptedException {
        Duration patience = settings.patience();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < patience.toNanos()) {
            if (attempt.next(settings.glance()).orElse(null) instanceof Sign.Ending) {
                return;
            }
            still();
        }
    }
}
