package io.atelier.trainer.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Works on jobs, one after another, on one device. Everything it does to a job goes through the job's lease, so that any
 * number of workbenches, in any number of processes, can share a ledger, and one that was paused or cut off can do no
 * harm when it comes back.
 */
public final class Workbench {
    private static final System.Logger LOG = System.getLogger(Workbench.class.getName());

    private final Worker worker;
    private final BenchTools tools;
    private final BenchSettings settings;
    private final InstantSource clock;
    private final Semaphore nudges = new Semaphore(0);
    private volatile boolean stopping;

    public Workbench(Worker worker, BenchTools tools, BenchSettings settings, InstantSource clock) {
        this.worker = worker;
        this.tools = tools;
        this.settings = settings;
        this.clock = clock;
    }

    /** Works until {@link #stop}. */
    public void run() throws InterruptedException {
        while (!stopping) {
            if (!workOnce()) {
                nudges.tryAcquire(settings.idle().toMillis(), TimeUnit.MILLISECONDS);
                nudges.drainPermits();
            }
        }
    }

    /** There may be work now. */
    public void nudge() {
        nudges.release();
    }

    /** Lets the running job keep its last step and leaves it to the next worker; {@link #run} returns then. */
    public void stop() {
        stopping = true;
        nudge();
    }

    /** Whether there was a job to work on. */
    private boolean workOnce() throws InterruptedException {
        try {
            Optional<Lease> lease = tools.leases().claim(worker);
            if (lease.isPresent()) {
                attend(lease.get());
            }
            return lease.isPresent();
        } catch (ProblemException e) {
            if (e.problem().code() != ErrorCode.LEDGER_UNAVAILABLE) {
                LOG.log(System.Logger.Level.ERROR, "a job was left to the next worker", e);
            }
            return false; // whoever claims it next starts from what was kept
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a job was left to the next worker", e);
            return false;
        }
    }

    private void attend(Lease lease) throws InterruptedException {
        JobId id = lease.job().id();
        LOG.log(System.Logger.Level.INFO, "job {0}: attempt {1} on {2}", id, lease.epoch(), worker.device());
        new Shift(lease, tools, settings, () -> stopping, clock).work();
        LOG.log(System.Logger.Level.INFO, "job {0}: attempt {1} is over", id, lease.epoch());
    }
}
