package io.atelier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void percentileIsTheNearestRank() {
        double[] millis =
                IntStream.rangeClosed(1, 500).mapToDouble(i -> 501 - i).toArray();

        Sample sample = Sample.of(millis, 2);

        assertThat(sample.percentile(0.5)).isEqualTo(250);
        assertThat(sample.percentile(0.99)).isEqualTo(495);
        assertThat(sample.callsPerSecond()).isEqualTo(250);
    }

    @Test
    void closedLoopMakesExactlyTheCallsAskedForWithNeverMoreAtOnceThanClients() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        Sample sample = ClosedLoop.run(3, 100, () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            calls.incrementAndGet();
            now.decrementAndGet();
        });

        assertThat(calls).hasValue(100);
        assertThat(sample.millis()).hasSize(100).isSorted();
        assertThat(most.get()).isBetween(1, 3);
    }
}
