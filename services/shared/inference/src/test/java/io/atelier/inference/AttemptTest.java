package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private static final OrtException NO_MEMORY =
            new OrtException("Failed to allocate memory for requested buffer of size 4398046511104");

    private final List<Integer> sizes = new ArrayList<>();

    private static Batch.Share share(int rows) {
        Ticket ticket = new Ticket(
                Studio.request(Studio.rows(rows, 0)), rows, new ReentrantLock().newCondition(), System.nanoTime());
        return new Batch.Share(ticket, 0, rows);
    }

    /** Runs that fail beyond so many rows. */
    private List<Optional<Throwable>> made(int most, Exception failure, Batch.Share... shares) {
        return new Attempt(
                        List.of(shares),
                        rows -> Integer.highestOneBit(rows),
                        some -> {
                            int rows =
                                    some.stream().mapToInt(Batch.Share::count).sum();
                            sizes.add(rows);
                            if (rows > most) {
                                switch (failure) {
                                    case OrtException known -> throw known;
                                    default -> throw new IllegalStateException(failure);
                                }
                            }
                        },
                        () -> false)
                .make();
    }

    @Test
    void batchThatFindsNoMemoryRunsOnceMoreByHalves() {
        assertThat(made(4, NO_MEMORY, share(8))).containsExactly(Optional.empty());
        assertThat(sizes).containsExactly(8, 4, 4);
    }

    @Test
    void halvesThatFindNoMemoryFail() {
        assertThat(made(1, NO_MEMORY, share(8))).containsExactly(Optional.of(NO_MEMORY));
        assertThat(sizes).containsExactly(8, 4);
    }

    @Test
    void requestsOfABatchAreHalvedEachForItself() {
        assertThat(made(4, NO_MEMORY, share(6), share(2))).containsExactly(Optional.empty(), Optional.empty());
        assertThat(sizes).containsExactly(8, 4, 2, 2);
    }

    @Test
    void oneRowIsNotTriedAgain() {
        assertThat(made(0, NO_MEMORY, share(1))).containsExactly(Optional.of(NO_MEMORY));
        assertThat(sizes).containsExactly(1);
    }

    @Test
    void anotherFailureOfOneRequestIsNotTriedAgain() {
        OrtException other = new OrtException("indices element out of data bounds");
        assertThat(made(0, other, share(8))).containsExactly(Optional.of(other));
        assertThat(sizes).containsExactly(8);
    }

    @Test
    void heapAndBuffersCountAsMemoryToo() {
        assertThat(Attempt.isOutOfMemory(new OutOfMemoryError("Cannot reserve 12 bytes of direct buffer memory")))
                .isTrue();
        assertThat(Attempt.isOutOfMemory(new IllegalStateException("out of memory")))
                .isFalse();
    }
}
