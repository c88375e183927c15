package io.atelier.oip;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.endpoints.config.ConfigCheck;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OipLimitsTest {

    @Test
    void everyKeyOutsideItsRangeIsTold() {
        assertThat(OipLimits.check(new ConfigCheck(), config(0, 1, 1)).problems())
                .hasSize(3)
                .anyMatch(problem -> problem.contains("atelier.oip.max-rows"))
                .anyMatch(problem -> problem.contains("atelier.oip.max-body"))
                .anyMatch(problem -> problem.contains("atelier.oip.max-answer"));
        assertThat(OipLimits.check(new ConfigCheck(), config(4097, 11 << 20, 2L << 30))
                        .problems())
                .hasSize(3);
        assertThat(OipLimits.check(new ConfigCheck(), config(4096, 10 << 20, 1L << 30))
                        .problems())
                .isEmpty();
    }

    @Test
    void limitsAreThoseOfTheConfiguration() {
        assertThat(OipLimits.of(config(7, 2048, 4096), Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .isEqualTo(new OipLimits(7, 2048, 4096, Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    private static OipConfig config(int rows, long body, long answer) {
        return new OipConfig() {
            @Override
            public int maxRows() {
                return rows;
            }

            @Override
            public MemorySize maxBody() {
                return new MemorySize(BigInteger.valueOf(body));
            }

            @Override
            public MemorySize maxAnswer() {
                return new MemorySize(BigInteger.valueOf(answer));
            }
        };
    }
}
