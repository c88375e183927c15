package io.atelier.endpoints.grpc;

import io.atelier.endpoints.security.Security;
import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;

/**
 * Guards and encrypts the gRPC server itself, not its services one by one: a service that is added later, by whomever, is
 * behind the same door.
 */
@Singleton
@Unremovable
final class ServerSetup implements ServerBuilderCustomizer<VertxServerBuilder> {
    private final Security security;
    private final GrpcTls tls;

    ServerSetup(Security security, GrpcTls tls) {
        this.security = security;
        this.tls = tls;
    }

    @Override
    public void customize(GrpcServerConfiguration config, VertxServerBuilder builder) {
        builder.intercept(new GrpcGuard(security));
        tls.context().ifPresent(builder.nettyBuilder()::sslContext);
    }
}
