package io.atelier.endpoints.http;

import io.atelier.endpoints.config.LocalConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Puts {@link LoopbackGuard} before every HTTP path of a service in local mode. */
@Singleton
final class LocalOnly {
    private static final int FIRST = 10_000;

    private final boolean local;

    LocalOnly(LocalConfig config) {
        this.local = config.localMode();
    }

    void register(@Observes Filters filters) {
        if (local) {
            filters.register(LocalOnly::check, FIRST);
        }
    }

    private static void check(RoutingContext context) {
        Optional<String> host =
                Optional.ofNullable(context.request().authority()).map(authority -> authority.host());
        Optional<String> origin = Optional.ofNullable(context.request().getHeader("Origin"));
        LoopbackGuard.refusal(host, origin)
                .ifPresentOrElse(
                        reason -> context.response()
                                .setStatusCode(403)
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(reason + "\n"),
                        context::next);
    }
}
