package io.atelier.oip.rest;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.oip.OipLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Reads requests' bodies on the event loop, each within its limit of bytes and time, and at most {@value #AT_ONCE} at once; a
 * request without a place or with too large a body is refused unread.
 */
final class Bodies {
    private static final int AT_ONCE = 64;

    private final OipLimits limits;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Bodies(OipLimits limits) {
        this.limits = limits;
    }

    /** Hands over a body once it is whole; a request that is refused is answered here. */
    void read(Exchange exchange, Consumer<byte[]> whole) {
        HttpServerRequest request = exchange.context().request();
        if (declared(request) > limits.maxBody()) {
            refuse(exchange, tooLarge());
        } else if (!places.tryAcquire()) {
            refuse(
                    exchange,
                    Problem.of(ErrorCode.OVERLOADED, "Too many requests are being read at once; try again.")
                            .withRetryAfter(Duration.ofSeconds(1)));
        } else {
            new Reading(exchange, whole).begin();
        }
    }

    /** Answers, and lets the rest of the body pass by for a while, so that a client that still sends sees the answer. */
    private void refuse(Exchange exchange, Problem problem) {
        HttpServerRequest request = exchange.context().request();
        exchange.fail(problem);
        if (request.isEnded()) {
            return;
        }
        long timer = exchange.context()
                .vertx()
                .setTimer(
                        limits.bodyPatience().toMillis(),
                        late -> request.connection().close());
        request.handler(chunk -> {});
        request.endHandler(end -> exchange.context().vertx().cancelTimer(timer));
        request.exceptionHandler(gone -> exchange.context().vertx().cancelTimer(timer));
        request.resume();
    }

    private static long declared(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0; // what comes is counted
        }
    }

    private Problem tooLarge() {
        return Problem.field(
                ErrorCode.TOO_LARGE,
                "body",
                limits.maxBody() + " bytes",
                "A request has at most " + limits.maxBody() + " bytes (atelier.oip.max-body).");
    }

    /** One body on its way; runs on its connection's event loop alone. */
    private final class Reading {
        private final Exchange exchange;
        private final Consumer<byte[]> whole;
        private final Buffer body = Buffer.buffer();
        private long timer;
        private boolean over;

        Reading(Exchange exchange, Consumer<byte[]> whole) {
            this.exchange = exchange;
            this.whole = whole;
        }

        void begin() {
            HttpServerRequest request = exchange.context().request();
            timer = exchange.context().vertx().setTimer(limits.bodyPatience().toMillis(), late -> give(tooSlow()));
            request.handler(this::take);
            request.endHandler(end -> {
                if (end()) {
                    whole.accept(body.getBytes());
                }
            });
            request.exceptionHandler(gone -> end());
            request.resume();
        }

        private void take(Buffer chunk) {
            if (over) {
                return;
            }
            if (body.length() + chunk.length() > limits.maxBody()) {
                give(tooLarge());
                return;
            }
            body.appendBuffer(chunk);
        }

        private void give(Problem problem) {
            if (end()) {
                refuse(exchange, problem);
            }
        }

        private boolean end() {
            if (over) {
                return false;
            }
            over = true;
            exchange.context().vertx().cancelTimer(timer);
            places.release();
            return true;
        }

        private Problem tooSlow() {
            return Problem.of(
                    ErrorCode.DEADLINE,
                    "The request's body did not come within "
                            + limits.bodyPatience().toSeconds() + " s (atelier.requests.stall).");
        }
    }
}
