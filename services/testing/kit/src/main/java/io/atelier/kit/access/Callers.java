package io.atelier.kit.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** Those who knock at a {@link SecuredService}'s doors. */
public final class Callers {
    /** An API key of {@code tester}. */
    public static final String KEY = "right-key-0123456789abcdef";

    /** An API key of {@code studio}, a peer. */
    public static final String PEER_KEY = "peer-key-0123456789abcdef";

    static final String EXPIRED_KEY = "late-key-0123456789abcdef";
    private static final String WRONG_KEY = "wrong-key-0123456789abcdef";
    private static final String NONE = "ATELIER-SECURITY-0001";
    private static final String REFUSED = "ATELIER-SECURITY-0002";
    private static final String EXPIRED = "ATELIER-SECURITY-0003";
    private static final String MALFORMED = "ATELIER-SECURITY-0004";
    private static final String NO_PEER = "ATELIER-SECURITY-0005";

    private Callers() {}

    /** Those who may pass. */
    public static List<Shown> right() {
        return List.of(
                Shown.of("API key", "", "x-api-key", KEY),
                Shown.of("API key as bearer", "", "Authorization", "bearer " + KEY),
                Shown.of("token", "", "authorization", "Bearer " + token("right")));
    }

    /** Those who may not, and the code they hear. */
    public static List<Shown> refused() {
        return List.of(
                Shown.of("nothing", NONE),
                Shown.of("wrong API key", REFUSED, "x-api-key", WRONG_KEY),
                Shown.of("part of an API key", REFUSED, "x-api-key", KEY.substring(1)),
                Shown.of("expired API key", EXPIRED, "x-api-key", EXPIRED_KEY),
                Shown.of("two API keys", MALFORMED, "x-api-key", KEY, "X-Api-Key", WRONG_KEY),
                Shown.of("password", MALFORMED, "authorization", "Basic dGVzdGVyOnRlc3Rlcg=="),
                Shown.of("name without a credential", NONE, "atelier-on-behalf-of", "alice"),
                Shown.of("other's name", NO_PEER, "x-api-key", KEY, "atelier-on-behalf-of", "alice"),
                Shown.of("expired token", EXPIRED, "authorization", "Bearer " + token("expired")),
                Shown.of("token for others", REFUSED, "authorization", "Bearer " + token("others")),
                Shown.of("forged token", REFUSED, "authorization", "Bearer " + token("forged")),
                Shown.of("unsigned token", REFUSED, "authorization", "Bearer " + TestIssuer.unsigned("alice")));
    }

    private static String token(String name) {
        String folder = ConfigProvider.getConfig().getValue(SecuredService.FOLDER, String.class);
        try {
            return Files.readString(Path.of(folder, name + ".jwt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
