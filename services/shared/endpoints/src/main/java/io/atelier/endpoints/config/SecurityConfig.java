package io.atelier.endpoints.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Who may call. */
@ConfigMapping(prefix = "atelier.security")
public interface SecurityConfig {
    /**
     * What a caller shows: {@code api-key}, {@code jwt}, both with a comma between them, or {@code none}. When not written,
     * nobody is asked, and the service serves loopback only.
     */
    Optional<Set<Mode>> mode();

    /** The file with the hashes of the API keys; docs/guides/security.md gives its form. */
    Optional<Path> apiKeys();

    /** How often mounted files (API keys, signing keys) are looked at for changes; 100 ms to 1 h. */
    @WithDefault("5s")
    Duration reloadInterval();

    /** Whether TLS asks callers for a certificate of {@code quarkus.tls.trust-store}: {@code none}, {@code request} or {@code required}. */
    @WithDefault("none")
    ClientCertificates clientCertificates();

    /** What a caller can show. */
    enum Mode {
        NONE,
        API_KEY,
        JWT
    }

    /** Whether TLS asks the client for a certificate. */
    enum ClientCertificates {
        NONE,
        REQUEST,
        REQUIRED
    }
}
