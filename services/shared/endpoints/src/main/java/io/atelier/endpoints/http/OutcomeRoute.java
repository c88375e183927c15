package io.atelier.endpoints.http;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;

/** Serves {@code GET /outcomes/{key}}, the address that an outcome event's {@code dataref} names: the event's data. */
@Singleton
final class OutcomeRoute {
    private final OutcomeStore outcomes;
    private final Reads reads;

    OutcomeRoute(OutcomeStore outcomes, Reads reads) {
        this.outcomes = outcomes;
        this.reads = reads;
    }

    void register(@Observes Router router) {
        router.route("/outcomes/:key").method(HttpMethod.GET).handler(context -> reads.run(context, this::answer));
    }

    private void answer(RoutingContext context) {
        String key = Objects.requireNonNullElse(context.pathParam("key"), "");
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (!Digest.isValid(key)) {
            response.setStatusCode(400).end("An outcome's key is 64 lower-case hex digits.\n");
            return;
        }
        Optional<StoredOutcome> found = outcomes.find(RequestKey.parse(key));
        if (found.isEmpty()) {
            response.setStatusCode(404).end("No outcome of this key is stored.\n");
            return;
        }
        response.putHeader("Content-Type", found.get().attributes().getOrDefault("datacontenttype", "application/json"))
                .putHeader("Cache-Control", HttpGuard.cacheControl(context))
                .end(Buffer.buffer(found.get().data()));
    }
}
