package io.atelier.endpoints.security;

import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The ports of this process, as Quarkus' settings bind them. */
@Singleton
final class Listeners {
    private final List<Listener> all;

    Listeners(
            @ConfigProperty(name = "quarkus.http.host") String http,
            @ConfigProperty(name = "quarkus.http.insecure-requests") Optional<String> plainHttp,
            @ConfigProperty(name = "quarkus.grpc.server.host") String grpc,
            TlsConfigurationRegistry registry) {
        boolean tls = registry.getDefault()
                .map(configuration -> configuration.getKeyStoreOptions() != null)
                .orElse(false);
        boolean noPlainHttp =
                plainHttp.map(value -> !value.equalsIgnoreCase("enabled")).orElse(false);
        all = List.of(
                new Listener("quarkus.http.host", http, tls && noPlainHttp),
                new Listener("quarkus.grpc.server.host", grpc, tls));
    }

    List<Listener> all() {
        return all;
    }
}
