package io.atelier.kit.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.artifacts.WorkStore;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One empty store a test, and what the contracts on it share. */
abstract class WorkStoreTests {
    static final long QUOTA = 1000;

    @TempDir
    protected Path scratch;

    final MovedClock clock;
    WorkStore store;

    WorkStoreTests(Instant begin) {
        clock = new MovedClock(begin);
    }

    /** Opens the test's store; each call gives another object on the same one, as another process would have. */
    protected abstract WorkStore open(long quotaBytes, InstantSource clock);

    @BeforeEach
    void openFirst() {
        store = openAgain();
    }

    final WorkStore openAgain() {
        return open(QUOTA, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
