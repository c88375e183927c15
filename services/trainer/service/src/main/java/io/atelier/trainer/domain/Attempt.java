package io.atelier.trainer.domain;

import java.time.Duration;
import java.util.Optional;

/** A training that runs apart from this process. Used by one thread; {@link #stop} may be called by any. */
public interface Attempt extends AutoCloseable {

    /** The next sign, or nothing when none comes within the patience. */
    Optional<Sign> next(Duration patience) throws InterruptedException;

    /** Asks it to keep its last step and end, which it tells by {@link Sign.Stopped}. */
    void stop();

    /** Ends it at once if it has not ended, and returns when nothing of it is left. */
    @Override
    void close();
}
