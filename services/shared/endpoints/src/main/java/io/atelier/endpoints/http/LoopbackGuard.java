package io.atelier.endpoints.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says which requests a local service refuses: those that a foreign page or a rebound name sends through the user's own
 * browser. Only loopback names may stand in Host and Origin.
 *
 * @see <a href="https://developer.mozilla.org/docs/Web/Security/Attacks/DNS_Rebinding">DNS rebinding</a>
 */
final class LoopbackGuard {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private LoopbackGuard() {}

    /** A sentence that says why a request is refused, or empty when it may pass. */
    static Optional<String> refusal(Optional<String> hostName, Optional<String> origin) {
        if (!hostName.map(LoopbackGuard::isLoopback).orElse(false)) {
            return Optional.of("In local mode the Host header must name localhost or 127.0.0.1.");
        }
        if (origin.isPresent() && !isLoopback(hostOf(origin.get()))) {
            return Optional.of(
                    "In local mode only pages from localhost or 127.0.0.1 may call; this Origin is another.");
        }
        return Optional.empty();
    }

    private static boolean isLoopback(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String hostOf(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
