package io.atelier.endpoints.grpc;

import io.atelier.endpoints.config.SecurityConfig;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the gRPC server with Quarkus' default TLS configuration ({@code quarkus.tls.*}), the one its HTTP server uses
 * too. Quarkus gives grpc-java's server a certificate only once; here a renewed one serves the next connection.
 */
@Singleton
final class GrpcTls {
    private static final Logger LOG = Logger.getLogger(GrpcTls.class);

    private final Vertx vertx;
    private final TlsConfigurationRegistry registry;
    private final ClientAuth clients;
    private final @Nullable RenewedSslContext context;

    GrpcTls(Vertx vertx, TlsConfigurationRegistry registry, SecurityConfig config) {
        this.vertx = vertx;
        this.registry = registry;
        this.clients = switch (config.clientCertificates()) {
            case NONE -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
        this.context = read().map(RenewedSslContext::new).orElse(null);
    }

    /** The server's context, if TLS is configured. */
    Optional<SslContext> context() {
        return Optional.ofNullable(context);
    }

    void renew(@Observes CertificateUpdatedEvent event) {
        if (context != null) {
            read().ifPresent(context::renew);
            LOG.info("The gRPC server serves new connections with the renewed certificate");
        }
    }

    private Optional<SslContext> read() {
        return registry.getDefault()
                .filter(configuration -> configuration.getKeyStoreOptions() != null)
                .map(this::of);
    }

    private SslContext of(TlsConfiguration configuration) {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                            configuration.getKeyStoreOptions().getKeyManagerFactory(vertx))
                    .clientAuth(clients);
            if (configuration.getTrustStoreOptions() != null) {
                builder.trustManager(configuration.getTrustStoreOptions().getTrustManagerFactory(vertx));
            }
            return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        } catch (Exception e) { // what Vert.x declares
            throw new IllegalStateException("The TLS configuration (quarkus.tls) cannot be used for gRPC", e);
        }
    }
}
