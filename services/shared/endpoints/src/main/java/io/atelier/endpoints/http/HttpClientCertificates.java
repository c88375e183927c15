package io.atelier.endpoints.http;

import io.atelier.endpoints.config.SecurityConfig;
import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Asks HTTP clients for a certificate as gRPC's are: Quarkus' own setting is fixed when a service is built. */
@Singleton
@Unremovable
final class HttpClientCertificates implements HttpServerOptionsCustomizer {
    private final SecurityConfig config;

    HttpClientCertificates(SecurityConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        switch (config.clientCertificates()) {
            case NONE -> {}
            case REQUEST -> options.setClientAuth(ClientAuth.REQUEST);
            case REQUIRED -> options.setClientAuth(ClientAuth.REQUIRED);
        }
    }
}
