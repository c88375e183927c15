package io.atelier.endpoints.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.kernel.Deadline;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {
    private static final Duration DELAY = Duration.ofMillis(100);

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> running = new CopyOnWriteArrayList<>();
    private final List<Status> refused = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        end.countDown();
    }

    private void run(Calls calls) {
        calls.run(new CallInfo("id", "me", "me", Deadline.NEVER), failure -> refused.add(failure.getStatus()), () -> {
            running.add(Thread.currentThread());
            awaitEnd();
        });
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void briefCallsHaveSystemThreadsAndThoseBeyondVirtualOnes() {
        Calls calls = Calls.brief(70, DELAY);
        for (int i = 0; i < 70; i++) {
            run(calls);
        }
        await().until(() -> running.size() == 70);
        assertThat(running).filteredOn(Thread::isVirtual).hasSize(6);
        run(calls);
        assertThat(refused)
                .singleElement()
                .satisfies(status -> assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
    }

    @Test
    void lastingCallsHaveVirtualThreads() {
        Calls calls = Calls.lasting(2, DELAY);
        run(calls);
        await().until(() -> running.size() == 1);
        assertThat(running.getFirst().isVirtual()).isTrue();
    }

    @Test
    void placeIsFreeAgainWhenACallEnds() {
        Calls calls = Calls.brief(1, DELAY);
        run(calls);
        await().until(() -> running.size() == 1);
        end.countDown();
        await().until(() -> calls.inFlight() == 0);
        run(calls);
        await().until(() -> running.size() == 2);
        assertThat(refused).isEmpty();
    }
}
