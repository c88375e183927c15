package io.atelier.endpoints.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
    private static final Issuer ISSUER = new Issuer("k1");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<ApiKey> KEYS = List.of(
            key("ci", "key-of-ci", "team-ci", Optional.empty(), Set.of()),
            key("old", "key-of-old", "team-old", Optional.of(NOW), Set.of()),
            key("studio", "key-of-studio", "studio", Optional.of(NOW.plusSeconds(1)), Set.of("peer")));

    private final Authenticator both = new Authenticator(
            Optional.of(new ApiKeys(() -> KEYS, () -> NOW)),
            Optional.of(new Tokens(Configs.jwt(Issuer.settings()), ISSUER.keys())));

    @Test
    void apiKeyIsTakenFromEitherHeader() {
        Verdict ci = new Verdict.Admitted(new Identity("team-ci", Set.of()));
        assertThat(both.judge(apiKey("key-of-ci"))).isEqualTo(ci);
        assertThat(both.judge(bearer("Bearer key-of-ci"))).isEqualTo(ci);
        assertThat(both.judge(bearer("bEARER  key-of-ci"))).isEqualTo(ci);
    }

    @Test
    void tokenIsTakenBesideApiKeys() {
        assertThat(both.judge(bearer("Bearer " + ISSUER.sign(Issuer.claims("alice")))))
                .isEqualTo(new Verdict.Admitted(new Identity("alice", Set.of())));
    }

    @Test
    void callWithoutACredentialHearsWhatToSend() {
        Verdict verdict = both.judge(new Presented(List.of(), List.of(), List.of()));
        assertThat(code(verdict)).isEqualTo(ErrorCode.NO_CREDENTIAL);
        assertThat(message(verdict)).contains("x-api-key", "Bearer TOKEN");
    }

    @Test
    void wrongAndExpiredKeysAreToldApart() {
        assertThat(code(both.judge(apiKey("key-of-nobody")))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
        assertThat(code(both.judge(apiKey("key-of-old")))).isEqualTo(ErrorCode.CREDENTIAL_EXPIRED);
        assertThat(message(both.judge(apiKey("key-of-nobody")))).doesNotContain("ci", "old", "studio");
    }

    @Test
    void ambiguousAndUnreadableCredentialsAreRefused() {
        String good = "key-of-ci";
        List<Presented> odd = List.of(
                new Presented(List.of("Bearer " + good), List.of(good), List.of()),
                new Presented(List.of("Bearer " + good, "Bearer " + good), List.of(), List.of()),
                new Presented(List.of(), List.of(good, good), List.of()),
                apiKey(good + "\n"),
                apiKey(" " + good),
                apiKey(""),
                apiKey("k".repeat(8001)),
                bearer("Bearer " + "k".repeat(8001)),
                bearer("Bearer"),
                bearer("Bearer "),
                bearer(good),
                bearer("Basic " + good),
                bearer("Bearer " + good + " " + good),
                bearer("Bearer " + good + "\r\n"));
        for (Presented presented : odd) {
            assertThat(code(both.judge(presented))).isEqualTo(ErrorCode.MALFORMED_CREDENTIAL);
        }
    }

    @Test
    void onlyAPeerNamesAnotherCaller() {
        assertThat(both.judge(new Presented(List.of(), List.of("key-of-studio"), List.of("bob"))))
                .isEqualTo(new Verdict.Admitted(new Identity("bob", Set.of())));
        assertThat(code(both.judge(new Presented(List.of(), List.of("key-of-ci"), List.of("bob")))))
                .isEqualTo(ErrorCode.NOT_A_PEER);
        assertThat(code(Authenticator.unasked(new Presented(List.of(), List.of(), List.of("bob")))))
                .isEqualTo(ErrorCode.NOT_A_PEER);
        for (List<String> names : List.of(List.of("bob", "eve"), List.of(""), List.of("anonymous"), List.of("a\tb"))) {
            assertThat(code(both.judge(new Presented(List.of(), List.of("key-of-studio"), names))))
                    .isEqualTo(ErrorCode.MALFORMED_CREDENTIAL);
        }
    }

    @Test
    void credentialsDoNotStandInWhatIsLogged() {
        assertThat(apiKey("key-of-ci").toString()).doesNotContain("key-of-ci");
        assertThat(bearer("Bearer key-of-ci").toString()).doesNotContain("key-of-ci");
    }

    private static ApiKey key(String name, String key, String owner, Optional<Instant> expires, Set<String> roles) {
        return new ApiKey(name, Digest.of(key.getBytes(StandardCharsets.UTF_8)), owner, expires, roles);
    }

    private static Presented apiKey(String key) {
        return new Presented(List.of(), List.of(key), List.of());
    }

    private static Presented bearer(String header) {
        return new Presented(List.of(header), List.of(), List.of());
    }

    private static ErrorCode code(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).problem().code();
    }

    private static String message(Verdict verdict) {
        return ((Verdict.Refused) verdict).problem().message();
    }
}
