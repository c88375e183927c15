package io.atelier.trainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Ledger;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JobGaugesTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    private JobGauges gauges(Supplier<Map<JobState, Long>> counts) {
        Ledger ledger = (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("counts");
                    asked.incrementAndGet();
                    return counts.get();
                });
        return new JobGauges(ledger, nanos::get);
    }

    @Test
    void ledgerIsAskedOnceForAllStatesAndAgainAfterAMoment() {
        JobGauges gauges = gauges(() -> Map.of(JobState.QUEUED, 3L));
        assertThat(gauges.count(JobState.QUEUED)).isEqualTo(3);
        assertThat(gauges.count(JobState.RUNNING)).isZero();
        assertThat(asked).hasValue(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(gauges.count(JobState.QUEUED)).isEqualTo(3);
        assertThat(asked).hasValue(2);
    }

    @Test
    void ledgerThatDoesNotAnswerIsAskedOnceTooAndTellsNoNumber() {
        JobGauges gauges = gauges(() -> {
            throw Problem.of(ErrorCode.LEDGER_UNAVAILABLE, "away").exception();
        });
        assertThat(gauges.count(JobState.QUEUED)).isNaN();
        assertThat(gauges.count(JobState.RUNNING)).isNaN();
        assertThat(asked).hasValue(1);
    }
}
