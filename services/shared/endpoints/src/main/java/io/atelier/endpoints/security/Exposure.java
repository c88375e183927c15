package io.atelier.endpoints.security;

import io.atelier.endpoints.config.SecurityConfig.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says why a service must not listen where it is told to: others could reach it, and nothing would ask who they are. */
final class Exposure {
    private Exposure() {}

    /** Sentences that name the settings; empty when the service may start. */
    static List<String> problems(Optional<Set<Mode>> mode, List<Listener> listeners) {
        List<String> problems = new ArrayList<>();
        if (mode.equals(Optional.of(Set.of(Mode.NONE)))) {
            return problems;
        }
        for (Listener listener : listeners) {
            if (listener.isLocal()) {
                continue;
            }
            String reached = listener.setting() + " is " + listener.host() + ", where other machines reach it, ";
            if (mode.isEmpty()) {
                problems.add(reached + "and callers are asked for nothing: set atelier.security.mode to api-key or jwt,"
                        + " or bind it to 127.0.0.1, or write atelier.security.mode=none to serve everybody");
            }
            if (!listener.tls()) {
                problems.add(reached + "without TLS: set quarkus.tls.key-store.pem.0.cert and"
                        + " quarkus.tls.key-store.pem.0.key and quarkus.http.insecure-requests=disabled,"
                        + " or bind it to 127.0.0.1, or write atelier.security.mode=none");
            }
        }
        return problems;
    }
}
