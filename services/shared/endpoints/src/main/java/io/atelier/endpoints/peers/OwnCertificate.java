package io.atelier.endpoints.peers;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;

/** The certificate this service serves with ({@code quarkus.tls}), which it also shows to peers that ask for one. */
final class OwnCertificate {
    private OwnCertificate() {}

    static Optional<KeyManagerFactory> of(TlsConfigurationRegistry registry, Vertx vertx) {
        return registry.getDefault()
                .flatMap(tls -> Optional.ofNullable(tls.getKeyStoreOptions()))
                .map(options -> of(options, vertx));
    }

    private static KeyManagerFactory of(KeyCertOptions options, Vertx vertx) {
        try {
            return options.getKeyManagerFactory(vertx);
        } catch (Exception e) { // what Vert.x declares
            throw new IllegalStateException("The TLS configuration (quarkus.tls) cannot be shown to peers", e);
        }
    }
}
