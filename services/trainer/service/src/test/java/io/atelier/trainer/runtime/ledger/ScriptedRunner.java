package io.atelier.trainer.runtime.ledger;

import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.Sign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Attempts that tell what a test wants, so that a workbench can be judged by what it makes of it. */
final class ScriptedRunner implements Runner {
    private final Function<Lease, List<Sign>> script;
    private final List<Scripted> attempts = new CopyOnWriteArrayList<>();

    ScriptedRunner(Function<Lease, List<Sign>> script) {
        this.script = script;
    }

    @Override
    public Attempt start(Lease lease) {
        Scripted attempt = new Scripted(script.apply(lease));
        attempts.add(attempt);
        return attempt;
    }

    List<Scripted> attempts() {
        return attempts;
    }

    /** Stops in order when it is asked to. */
    static final class Scripted implements Attempt {
        private final BlockingQueue<Sign> signs;
        volatile boolean stopped;
        volatile boolean closed;

        private Scripted(List<Sign> signs) {
            this.signs = new LinkedBlockingQueue<>(signs);
        }

        void tell(Sign sign) {
            signs.add(sign);
        }

        @Override
        public Optional<Sign> next(Duration patience) throws InterruptedException {
            return Optional.ofNullable(signs.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        }

        @Override
        public void stop() {
            stopped = true;
            signs.add(new Sign.Stopped());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
