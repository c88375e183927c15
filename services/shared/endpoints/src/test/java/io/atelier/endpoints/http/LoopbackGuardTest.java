package io.atelier.endpoints.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]"})
    void loopbackNamesPass(String host) {
        assertThat(LoopbackGuard.refusal(Optional.of(host), Optional.empty())).isEmpty();
        assertThat(LoopbackGuard.refusal(Optional.of(host), Optional.of("http://" + host + ":8080")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "127.0.0.1.example.com", "localhost.example.com", "10.0.0.1", ""})
    void foreignHostIsRefused(String host) {
        assertThat(LoopbackGuard.refusal(Optional.of(host), Optional.empty())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "null", "http://localhost@example.com", "file://", "%%%"})
    void foreignOriginIsRefused(String origin) {
        assertThat(LoopbackGuard.refusal(Optional.of("localhost"), Optional.of(origin)))
                .isPresent();
    }

    @Test
    void missingHostIsRefused() {
        assertThat(LoopbackGuard.refusal(Optional.empty(), Optional.empty())).isPresent();
    }
}
