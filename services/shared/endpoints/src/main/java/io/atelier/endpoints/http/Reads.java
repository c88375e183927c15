package io.atelier.endpoints.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Runs HTTP reads on virtual threads, at most {@value #LIMIT} at once; more are told to come back. */
@Singleton
final class Reads {
    private static final Logger LOG = Logger.getLogger(Reads.class);
    private static final int LIMIT = 64;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(LIMIT);

    /** Answers one request; may block. */
    @FunctionalInterface
    interface Answer {
        void to(RoutingContext context) throws IOException;
    }

    void run(RoutingContext context, Answer answer) {
        if (!free.tryAcquire()) {
            later(context.response(), "Too many reads at once.\n");
            return;
        }
        threads.execute(() -> {
            try {
                answer.to(context);
            } catch (IOException | RuntimeException failure) {
                LOG.debug("A read failed", failure);
                fail(context.response());
            } finally {
                free.release();
            }
        });
    }

    private static void fail(HttpServerResponse response) {
        if (response.headWritten()) {
            response.reset();
        } else if (!response.closed()) {
            later(response, "It could not be read now.\n");
        }
    }

    private static void later(HttpServerResponse response, String reason) {
        response.setStatusCode(503).putHeader("Retry-After", "1").end(reason);
    }
}
