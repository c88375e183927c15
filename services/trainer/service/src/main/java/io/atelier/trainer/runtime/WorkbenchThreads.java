package io.atelier.trainer.runtime;

import io.atelier.trainer.domain.Workbench;
import java.time.Duration;
import java.util.List;

/** The workbenches of this process, a thread each. */
public final class WorkbenchThreads {
    private final List<Workbench> benches;
    private final List<Thread> threads;

    public WorkbenchThreads(List<Workbench> benches) {
        this.benches = List.copyOf(benches);
        this.threads = this.benches.stream()
                .map(bench -> Thread.ofVirtual().name("workbench").unstarted(() -> run(bench)))
                .toList();
    }

    public void start() {
        threads.forEach(Thread::start);
    }

    /** There may be work now. */
    public void nudge() {
        benches.forEach(Workbench::nudge);
    }

    /** Lets running trainings keep their last steps and gives them back; answers whether all did in time. */
    public boolean stop(Duration patience) throws InterruptedException {
        benches.forEach(Workbench::stop);
        long until = System.nanoTime() + patience.toNanos();
        boolean all = true;
        for (Thread thread : threads) {
            Duration left = Duration.ofNanos(Math.max(1, until - System.nanoTime()));
            all &= thread.join(left);
        }
        return all;
    }

    private static void run(Workbench bench) {
        try {
            bench.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
