package io.atelier.oip.rest;

import io.atelier.endpoints.grpc.CallInfo;
import io.atelier.endpoints.http.HttpGuard;
import io.atelier.endpoints.http.PacedBody;
import io.atelier.endpoints.security.Identity;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** One HTTP request and its one answer. Made on the event loop; answered from any thread. */
final class Exchange {
    private static final Logger LOG = Logger.getLogger(Exchange.class);

    private final RoutingContext context;
    private final CallInfo call;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean answered = new AtomicBoolean();

    Exchange(RoutingContext context) {
        this.context = context;
        Identity identity = HttpGuard.identity(context);
        SocketAddress from = context.request().remoteAddress();
        String client = identity.isAnonymous()
                ? identity.principal() + "@" + (from == null ? "local" : from.hostAddress())
                : identity.principal();
        this.call = new CallInfo(UUID.randomUUID().toString(), identity.principal(), client, Deadline.NEVER);
        context.addEndHandler(end -> {
            if (end.failed()) {
                cancellation.cancel();
            }
        });
    }

    RoutingContext context() {
        return context;
    }

    CallInfo call() {
        return call;
    }

    /** Cancelled when the client is gone. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** A parameter of the path; empty when the path has none of the name. */
    String path(String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    /** Answers JSON; to be called on a virtual thread: it is written no faster than it is read. */
    void json(byte[] body) {
        send(200, "application/json", body);
    }

    /** Answers JSON with bytes behind it. */
    void binary(byte[] body, int jsonLength) {
        context.response().putHeader(Binary.HEADER, Integer.toString(jsonLength));
        send(200, "application/octet-stream", body);
    }

    /** Answers a problem; may be called on the event loop. */
    void fail(Problem problem) {
        if (!answered.compareAndSet(false, true) || context.response().closed()) {
            return;
        }
        HttpServerResponse response = begin(HttpStatus.of(problem), "application/json");
        problem.retryAfter().ifPresent(delay -> response.putHeader("Retry-After", Long.toString(seconds(delay))));
        response.end(Buffer.buffer(JsonAnswers.error(problem.code().id() + ": " + problem.message())));
    }

    private static long seconds(Duration delay) {
        return Math.max(1, delay.plusMillis(999).toSeconds());
    }

    private void send(int status, String type, byte[] body) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        HttpServerResponse response = begin(status, type).putHeader("Content-Length", Integer.toString(body.length));
        try {
            PacedBody.send(new ByteArrayInputStream(body), body.length, response);
        } catch (IOException e) {
            LOG.debugf(e, "The answer to %s was not read", call.requestId());
            response.reset();
        }
    }

    private HttpServerResponse begin(int status, String type) {
        return context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("atelier-request-id", call.requestId());
    }
}
