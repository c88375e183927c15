package io.atelier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RestartPolicy policy = new RestartPolicy(now::get);

    @Test
    void allowsThreeRestartsInTenMinutes() {
        assertThat(policy.allows()).isTrue();
        assertThat(policy.allows()).isTrue();
        assertThat(policy.allows()).isTrue();
        assertThat(policy.allows()).isFalse();
    }

    @Test
    void forgetsRestartsOlderThanTenMinutes() {
        policy.allows();
        policy.allows();
        policy.allows();

        now.set(Instant.EPOCH.plus(Duration.ofMinutes(10).plusSeconds(1)));

        assertThat(policy.allows()).isTrue();
    }
}
