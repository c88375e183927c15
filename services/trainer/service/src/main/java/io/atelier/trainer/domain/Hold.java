package io.atelier.trainer.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Status;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The lease of an attempt, kept by the one thread that uses this: renews it when that is due, and waits out what is out of reach. */
final class Hold {
    private static final System.Logger LOG = System.getLogger(Hold.class.getName());

    private final Lease lease;
    private final Leases leases;
    private final BenchSettings settings;
    private long heldAt = System.nanoTime();

    Hold(Lease lease, Leases leases, BenchSettings settings) {
        this.lease = lease;
        this.leases = leases;
        this.settings = settings;
    }

    /** Whether the lease holds; renews it when that is due. */
    boolean still() throws InterruptedException {
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

    /** Writes, again and again while the ledger cannot be reached and the lease has not run out; answers whether it holds. */
    boolean written(BooleanSupplier write) throws InterruptedException {
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

    /**
     * Does work that may take longer than a lease, which is renewed meanwhile, and does it again while a store or a
     * cluster is out of reach. Answers nothing once the lease is lost, or when there is a reason to end before the next try.
     *
     * @param work throws {@link ProblemException} with UNAVAILABLE for what is out of reach
     * @param unwanted takes what the work yields after the lease was lost
     * @param ends whether there is a reason not to try again
     * @throws RuntimeException whatever else the work throws
     */
    <T> Optional<T> beside(Callable<T> work, Consumer<T> unwanted, BooleanSupplier ends) throws InterruptedException {
        while (true) {
            FutureTask<T> task = new FutureTask<>(work);
            Thread.ofVirtual().name("job-" + lease.job().id()).start(task);
            try {
                return awaited(task, unwanted);
            } catch (ExecutionException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "job {0} waits: {1}",
                        lease.job().id(),
                        passing(e).problem().message());
            }
            if (!pause(ends)) {
                return Optional.empty();
            }
        }
    }

    private <T> Optional<T> awaited(FutureTask<T> task, Consumer<T> unwanted)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return Optional.of(task.get(settings.glance().toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                if (!still()) {
                    Thread.ofVirtual().name("unwanted").start(() -> dispose(task, unwanted));
                    return Optional.empty();
                }
            }
        }
    }

    private static <T> void dispose(FutureTask<T> task, Consumer<T> unwanted) {
        try {
            unwanted.accept(task.get());
        } catch (ExecutionException e) {
            // there is nothing to dispose of
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The problem of what is out of reach just now; throws any other failure. */
    private static ProblemException passing(ExecutionException failure) {
        switch (failure.getCause()) {
            case ProblemException e
            when e.problem().status() == Status.UNAVAILABLE -> {
                return e;
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(failure);
        }
    }

    /** Whether to try again. */
    private boolean pause(BooleanSupplier ends) throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < settings.retry().toNanos()) {
            if (ends.getAsBoolean() || !still()) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(settings.glance().toNanos());
        }
        return true;
    }
}
