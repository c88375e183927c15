package io.atelier.endpoints.grpc;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Runs calls on virtual threads, at most so many at once; a call beyond that is answered OVERLOADED with a delay and holds
 * nothing. The one place where a call's failure is logged and becomes a problem.
 *
 * <p>Thread-safe.
 */
public final class Calls {
    private static final Logger LOG = Logger.getLogger(Calls.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int limit;
    private final Semaphore free;
    private final Duration retryDelay;
    private volatile boolean draining;

    /**
     * @param limit how many calls may run at once
     * @param retryDelay what a refused caller is told to wait
     */
    public Calls(int limit, Duration retryDelay) {
        this.limit = limit;
        this.free = new Semaphore(limit);
        this.retryDelay = retryDelay;
    }

    /**
     * Runs a call's work on a virtual thread, with the caller's trace and request id in its logs.
     *
     * @param fail told once when the call is refused or its work throws
     */
    public void run(CallInfo call, Consumer<StatusRuntimeException> fail, Runnable work) {
        admit(call, problem -> fail.accept(GrpcErrors.of(problem, call.requestId())), work);
    }

    /** The same for entrances that tell a problem in another way. */
    public void admit(CallInfo call, Consumer<Problem> fail, Runnable work) {
        if (draining) {
            fail.accept(stopping());
            return;
        }
        if (!free.tryAcquire()) {
            fail.accept(overloaded());
            return;
        }
        Context trace = Context.current();
        threads.execute(() -> {
            try (Scope scope = trace.makeCurrent()) {
                named(call, work);
            } catch (RuntimeException | Error failure) {
                fail.accept(problemOf(call, failure));
            } finally {
                free.release();
            }
        });
    }

    /** How many calls run now. */
    public int inFlight() {
        return limit - free.availablePermits();
    }

    /** Whether calls are refused because the service stops; endless streams end then. */
    public boolean draining() {
        return draining;
    }

    /** Refuses new calls from now on. */
    public void refuseMore() {
        draining = true;
    }

    /** Waits until no call runs; answers whether that came in time. To be used once more are refused. */
    public boolean awaitIdle(Duration patience) {
        try {
            return free.tryAcquire(limit, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void named(CallInfo call, Runnable work) {
        SpanContext span = Span.current().getSpanContext();
        MDC.put("requestId", call.requestId());
        if (span.isValid()) {
            MDC.put("traceId", span.getTraceId());
            MDC.put("spanId", span.getSpanId());
        }
        try {
            work.run();
        } finally {
            MDC.clear();
        }
    }

    private static Problem problemOf(CallInfo call, Throwable failure) {
        Problem problem = GrpcErrors.problemOf(failure);
        if (problem.code() == ErrorCode.INTERNAL) {
            LOG.errorf(failure, "Request %s failed", call.requestId());
        } else {
            LOG.debugf("Request %s: %s %s", call.requestId(), problem.code().id(), problem.message());
        }
        return problem;
    }

    private Problem overloaded() {
        return new Problem(
                ErrorCode.OVERLOADED,
                "The service already runs " + limit + " calls, its limit (atelier.requests.max-in-flight).",
                Optional.empty(),
                Optional.of(Integer.toString(limit)),
                Optional.of(retryDelay));
    }

    private Problem stopping() {
        return Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping; try again.")
                .withRetryAfter(retryDelay);
    }
}
