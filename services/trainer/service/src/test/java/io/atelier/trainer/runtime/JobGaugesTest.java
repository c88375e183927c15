package io.atelier.trainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.JobState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobGaugesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean away;
    private int asked;

    @Test
    void oneScrapeAsksTheLedgerOnceAndTheNextOneAsksAgain() {
        register();
        assertThat(scrape()).containsExactlyInAnyOrder(2.0, 0.0, 0.0, 0.0);
        assertThat(asked).isEqualTo(1);
        now = now.plus(Duration.ofSeconds(1));
        assertThat(scrape()).contains(2.0);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void ledgerThatIsAwayIsAskedOnceAScrapeToo() {
        register();
        away = true;
        assertThat(scrape()).containsExactly(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(asked).isEqualTo(1);
        away = false;
        now = now.plus(Duration.ofSeconds(1));
        assertThat(scrape()).contains(2.0);
    }

    @Test
    void clockThatIsSetBackKeepsNothingForLong() {
        register();
        scrape();
        now = now.minus(Duration.ofHours(1));
        scrape();
        assertThat(asked).isEqualTo(2);
    }

    private void register() {
        new JobGauges(this::counts, () -> now).register(meters);
    }

    private double[] scrape() {
        return meters.getMeters().stream()
                .mapToDouble(meter -> ((Gauge) meter).value())
                .toArray();
    }

    private Map<JobState, Long> counts() {
        asked++;
        if (away) {
            throw Problem.of(ErrorCode.LEDGER_UNAVAILABLE, "The ledger is away.")
                    .exception();
        }
        return Map.of(JobState.QUEUED, 2L);
    }
}
