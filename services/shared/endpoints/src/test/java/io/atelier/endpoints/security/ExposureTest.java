package io.atelier.endpoints.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.endpoints.config.ConfigCheck;
import io.atelier.endpoints.config.SecurityConfig.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExposureTest {
    private static final String HTTP = "quarkus.http.host";

    @Test
    void loopbackNeedsNothing() {
        for (String host : List.of("127.0.0.1", "localhost", "::1", "127.1.2.3")) {
            assertThat(Exposure.problems(Optional.empty(), List.of(new Listener(HTTP, host, false))))
                    .as(host)
                    .isEmpty();
        }
    }

    @Test
    void elsewhereAuthenticationAndTlsAreBothNeeded() {
        for (String host : List.of("0.0.0.0", "::", "192.0.2.1", "no.such.host.invalid")) {
            assertThat(Exposure.problems(Optional.empty(), List.of(new Listener(HTTP, host, false))))
                    .as(host)
                    .hasSize(2)
                    .allSatisfy(problem -> assertThat(problem).contains(HTTP, host, "atelier.security.mode=none"))
                    .anySatisfy(problem -> assertThat(problem).contains("atelier.security.mode to api-key or jwt"))
                    .anySatisfy(problem -> assertThat(problem).contains("quarkus.tls.key-store.pem.0.cert"));
        }
        Optional<Set<Mode>> keys = Optional.of(Set.of(Mode.API_KEY));
        assertThat(Exposure.problems(keys, List.of(new Listener(HTTP, "0.0.0.0", false))))
                .hasSize(1);
        assertThat(Exposure.problems(keys, List.of(new Listener(HTTP, "0.0.0.0", true))))
                .isEmpty();
        assertThat(Exposure.problems(Optional.empty(), List.of(new Listener(HTTP, "0.0.0.0", true))))
                .hasSize(1);
    }

    @Test
    void writtenNoneServesEverybody() {
        assertThat(Exposure.problems(Optional.of(Set.of(Mode.NONE)), List.of(new Listener(HTTP, "0.0.0.0", false))))
                .isEmpty();
    }

    @Test
    void settingsThatDoNotFitAreToldTogether() {
        Map<String, String> values = Map.of(
                "atelier.security.mode", "api-key,jwt,none",
                "atelier.security.reload-interval", "1ms",
                "atelier.security.jwt.algorithms", "HS256,none",
                "atelier.security.jwt.clock-skew", "1h");
        assertThat(new ConfigCheck()
                        .security(Configs.security(values), Configs.jwt(values))
                        .problems())
                .hasSize(6)
                .anySatisfy(problem -> assertThat(problem).contains("none alone"))
                .anySatisfy(problem -> assertThat(problem).contains("atelier.security.api-keys"))
                .anySatisfy(problem -> assertThat(problem).contains("atelier.security.jwt.issuer"))
                .anySatisfy(problem -> assertThat(problem).contains("HS256"))
                .anySatisfy(problem -> assertThat(problem).contains("atelier.security.jwt.clock-skew"))
                .anySatisfy(problem -> assertThat(problem).contains("atelier.security.reload-interval"));
    }

    @Test
    void openDoorsAreOpenedByTheirPlainNameOnly() {
        assertThat(OpenDoors.isOpenPath("GET", "/q/health")).isTrue();
        for (String path : List.of(
                "/q/health/",
                "//q/health",
                "/q/health/../metrics",
                "/q/./health",
                "/q/%68ealth",
                "/Q/HEALTH",
                "/q/health/../../artifacts/x",
                "/q/health%2f..%2f..%2fartifacts",
                "/q/health;x",
                "/q/",
                "*",
                "")) {
            assertThat(OpenDoors.isOpenPath("GET", path)).as(path).isFalse();
        }
        assertThat(OpenDoors.isOpenPath("OPTIONS", "/q/health")).isFalse();
        assertThat(OpenDoors.isOpenRpc("grpc.reflection.v1.ServerReflection/ServerReflectionInfo"))
                .isFalse();
    }
}
