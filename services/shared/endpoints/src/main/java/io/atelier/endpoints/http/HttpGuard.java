package io.atelier.endpoints.http;

import io.atelier.endpoints.security.Identity;
import io.atelier.endpoints.security.OpenDoors;
import io.atelier.endpoints.security.Presented;
import io.atelier.endpoints.security.Security;
import io.atelier.endpoints.security.Verdict;
import io.atelier.kernel.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Stands before every HTTP path, those that Quarkus adds included, and lets in who may call. */
@Singleton
public final class HttpGuard {
    private static final int SECOND = 9_000; // LocalOnly stands before it
    private static final String IDENTITY = "atelier-identity";

    private final Security security;

    HttpGuard(Security security) {
        this.security = security;
    }

    /** Who sends a request. */
    public static Identity identity(RoutingContext context) {
        return context.get(IDENTITY) instanceof Identity identity ? identity : Identity.ANONYMOUS;
    }

    /** For an answer that never changes: what was asked for with a credential is kept by no cache that others share. */
    static String cacheControl(RoutingContext context) {
        return (identity(context).isAnonymous() ? "public" : "private") + ", max-age=31536000, immutable";
    }

    void register(@Observes Filters filters) {
        if (security.asks()) {
            filters.register(this::check, SECOND);
        }
    }

    private void check(RoutingContext context) {
        String path = String.valueOf(context.request().path());
        if (OpenDoors.isOpenPath(context.request().method().name(), path)) {
            context.next();
            return;
        }
        MultiMap headers = context.request().headers();
        Presented presented = new Presented(
                headers.getAll(Presented.AUTHORIZATION),
                headers.getAll(Presented.API_KEY),
                headers.getAll(Presented.ON_BEHALF_OF));
        switch (security.judge(presented)) {
            case Verdict.Admitted admitted -> {
                context.put(IDENTITY, admitted.identity());
                context.next();
            }
            case Verdict.Refused refused -> refuse(context.response(), refused.problem());
        }
    }

    private static void refuse(HttpServerResponse response, Problem problem) {
        response.putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store");
        switch (problem.status()) {
            case UNAUTHENTICATED -> response.setStatusCode(401).putHeader("WWW-Authenticate", "Bearer");
            case UNAVAILABLE -> response.setStatusCode(503).putHeader("Retry-After", "1");
            default -> response.setStatusCode(403);
        }
        response.end(problem.code().id() + ": " + problem.message() + "\n");
    }
}
