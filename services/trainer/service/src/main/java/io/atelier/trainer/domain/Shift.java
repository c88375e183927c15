package io.atelier.trainer.domain;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Shortage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One attempt at a job, from its claim to its end: writes what the attempt tells into the ledger while the lease holds. */
final class Shift {
    private static final System.Logger LOG = System.getLogger(Shift.class.getName());

    private final Lease lease;
    private final BenchTools tools;
    private final BenchSettings settings;
    private final BooleanSupplier stopping;
    private final InstantSource clock;
    private final Hold hold;

    Shift(Lease lease, BenchTools tools, BenchSettings settings, BooleanSupplier stopping, InstantSource clock) {
        this.lease = lease;
        this.tools = tools;
        this.settings = settings;
        this.stopping = stopping;
        this.clock = clock;
        this.hold = new Hold(lease, tools.leases(), settings);
    }

    /** Returns when the attempt has ended, is given back, or is no longer this worker's, and nothing of it runs any more. */
    void work() throws InterruptedException {
        Optional<Attempt> started = start();
        if (started.isPresent()) {
            try (Attempt attempt = started.get()) {
                attend(attempt);
            }
        }
    }

    /** Copying checkpoints and fetching data may take longer than a lease, so the lease is renewed beside it. */
    private Optional<Attempt> start() throws InterruptedException {
        try {
            Optional<Attempt> started = hold.beside(
                    () -> tools.runner().start(lease), Attempt::close, () -> stopping.getAsBoolean() || isLate());
            if (started.isEmpty()) {
                leave();
            }
            return started;
        } catch (ProblemException e) {
            fail(Failure.of(e.problem()));
        } catch (RuntimeException e) {
            if (Shortage.DISK.caused(e)) {
                fail(Failure.of(Problem.of(
                        ErrorCode.DISK_FULL,
                        "The disk of atelier.trainer.work has no room for the training's files. Make room and resume the"
                                + " job.")));
            } else {
                abandon("its attempt could not be started", e);
            }
        }
        return Optional.empty();
    }

    /** Frees a job that was not begun, if this worker has it still. */
    private void leave() throws InterruptedException {
        if (stopping.getAsBoolean()) {
            hold.written(() -> tools.leases().giveBack(lease));
        } else if (isLate()) {
            fail(late());
        }
    }

    private void attend(Attempt attempt) throws InterruptedException {
        boolean holds = true;
        while (holds) {
            if (stopping.getAsBoolean()) {
                giveBack(attempt);
                return;
            }
            if (isLate()) {
                fail(late());
                return;
            }
            Optional<Sign> sign = attempt.next(settings.glance());
            if (sign.isPresent() && sign.get() instanceof Sign.Ending ending) {
                end(ending);
                return;
            }
            holds = sign.isPresent() ? heed(sign.get()) : hold.still();
        }
        letGo(attempt);
    }

    private boolean isLate() {
        return lease.job().asked().deadline().expired(clock);
    }

    private static Failure late() {
        return Failure.of(Problem.of(ErrorCode.DEADLINE, "The time for this training ran out before it was done."));
    }

    private void fail(Failure failure) throws InterruptedException {
        hold.written(() -> tools.leases().end(lease, new End.Failed(failure)));
    }

    private void abandon(String what, RuntimeException cause) throws InterruptedException {
        LOG.log(System.Logger.Level.ERROR, "job " + lease.job().id() + ": " + what, cause);
        hold.written(() -> tools.leases().abandon(lease, what + ": " + cause.getMessage()));
    }

    /** Answers whether the lease holds. */
    private boolean heed(Sign sign) throws InterruptedException {
        Leases leases = tools.leases();
        return switch (sign) {
            case Sign.Point point -> report(point);
            case Sign.Paced(var step, var total, var pace) -> {
                tools.progress().told(lease.job(), step, total);
                yield hold.written(() -> leases.pace(lease, step, total, pace));
            }
            case Sign.Saved _ -> hold.still();
            case Sign.Evaluating _ -> hold.written(() -> leases.enter(lease, JobState.EVALUATING));
            case Sign.Evaluated(var metrics) -> hold.written(() -> leases.evaluated(lease, metrics));
            case Sign.Ending ending -> throw new IllegalArgumentException("not here: " + ending);
        };
    }

    /** A store that does not answer costs the sample, and neither the point nor the lease. */
    private boolean report(Sign.Point point) throws InterruptedException {
        Optional<Digest> sample = Optional.empty();
        if (point.sample().isPresent()) {
            RunFile file = point.sample().get();
            sample = hold.beside(
                            () -> tools.samples().keep(lease.job(), point.step(), file.open()), kept -> {}, () -> true)
                    .orElse(Optional.empty());
        }
        Report report = new Report(point.step(), point.totalSteps(), point.metrics(), sample);
        return hold.written(() -> tools.leases().report(lease, report));
    }

    private void end(Sign.Ending ending) throws InterruptedException {
        switch (ending) {
            case Sign.Made(var folder, var promote) -> publish(folder, promote);
            case Sign.Failed(var failure) -> fail(failure);
            case Sign.Stopped _ -> hold.written(() -> tools.leases().giveBack(lease));
            case Sign.Vanished(var traces) -> {
                LOG.log(System.Logger.Level.WARNING, "job {0}: {1}", lease.job().id(), traces);
                hold.written(() -> tools.leases().abandon(lease, traces));
            }
        }
    }

    /** A version that is published after the lease was lost was taken under it, and is adopted by the next attempt. */
    private void publish(RunFile folder, boolean promote) throws InterruptedException {
        Leases leases = tools.leases();
        if (!hold.written(() -> leases.enter(lease, JobState.PUBLISHING))) {
            return;
        }
        try {
            Optional<Published> published = hold.beside(
                    () -> tools.publisher()
                            .publish(lease.job(), folder.open(), promote, version -> leases.take(lease, version)),
                    late -> {},
                    stopping);
            hold.written(() -> published
                    .map(model -> leases.end(lease, new End.Succeeded(model)))
                    .orElseGet(() -> leases.giveBack(lease)));
        } catch (ProblemException e) {
            if (e.problem().status().retried()) {
                abandon("its model could not be published", e);
            } else {
                fail(Failure.of(e.problem()));
            }
        } catch (RuntimeException e) {
            abandon("its model could not be published", e);
        }
    }

    /** A cancelled training may keep its last step, to be gone on with; one that is someone else's is ended at once. */
    private void letGo(Attempt attempt) throws InterruptedException {
        if (isCancelled()) {
            attempt.stop();
            awaitEnd(attempt);
        }
    }

    private boolean isCancelled() {
        try {
            return tools.ledger()
                    .find(lease.job().id())
                    .filter(job -> job.state() == JobState.CANCELLED)
                    .isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }

    private void giveBack(Attempt attempt) throws InterruptedException {
        attempt.stop();
        awaitEnd(attempt);
        attempt.close(); // before anyone else may claim it
        hold.written(() -> tools.leases().giveBack(lease));
    }

    /** Waits for the attempt's end and keeps the lease meanwhile. What it tells by then, the next attempt tells again. */
    private void awaitEnd(Attempt attempt) throws InterruptedException {
        Duration patience = settings.patience();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < patience.toNanos()) {
            if (attempt.next(settings.glance()).orElse(null) instanceof Sign.Ending) {
                return;
            }
            hold.still();
        }
    }
}
