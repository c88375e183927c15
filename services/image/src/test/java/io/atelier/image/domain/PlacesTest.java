package io.atelier.image.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Cancellation never = new Cancellation();

    @Test
    void noMoreThanItsPlacesWorkAtOnceAndAllGetTheirTurn() throws Exception {
        Places places = new Places(2);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> places.work(never, () -> {
                        most.accumulateAndGet(working.incrementAndGet(), Math::max);
                        both.countDown();
                        await(both);
                        working.decrementAndGet();
                        return i;
                    })))
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get()).isEqualTo(i);
            }
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void cancelledRequestWaitsNoLongerAndAFailedOneGivesItsPlaceBack() throws Exception {
        Places places = new Places(1);
        assertThatThrownBy(() -> places.work(never, () -> {
                    throw new IllegalArgumentException("broken");
                }))
                .hasMessage("broken");
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> holder = threads.submit(() -> places.work(never, () -> {
                taken.countDown();
                await(release);
                return "done";
            }));
            taken.await();
            Cancellation cancellation = new Cancellation();
            Future<?> waiting = threads.submit(() -> places.work(cancellation, () -> "never"));
            cancellation.cancel();
            assertThatThrownBy(waiting::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.CANCELLED));
            release.countDown();
            assertThat(holder.get()).isEqualTo("done");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
