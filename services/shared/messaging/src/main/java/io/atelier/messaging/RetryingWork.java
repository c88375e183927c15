package io.atelier.messaging;

import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.Work;
import io.atelier.artifacts.runs.WorkResult;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tries a work again where that may help (P4): {@code UNAVAILABLE}, {@code RESOURCE_EXHAUSTED} and {@code ABORTED} until
 * the request's deadline, a fault of ours a few times. What the artifact store cannot take, a cancellation and a
 * stopping process are not for this class to retry.
 */
final class RetryingWork implements Work {
    private static final System.Logger LOG = System.getLogger(RetryingWork.class.getName());

    private final Work work;
    private final Backoff backoff;
    private final int internalAttempts;
    private final InstantSource clock;
    private final Runnable retried;

    RetryingWork(Work work, Backoff backoff, int internalAttempts, InstantSource clock, Runnable retried) {
        this.work = work;
        this.backoff = backoff;
        this.internalAttempts = internalAttempts;
        this.clock = clock;
        this.retried = retried;
    }

    @Override
    public WorkResult run(RunContext context) {
        int faults = 0;
        for (int failures = 1; ; failures++) {
            Problem problem;
            try {
                return work.run(context);
            } catch (ProblemException e) {
                problem = e.problem();
                if (isLeftToOthers(problem, context)) {
                    throw e;
                }
                if (isFault(problem) && ++faults >= internalAttempts) {
                    throw internal(context, e);
                }
            } catch (RuntimeException | Error e) {
                context.cancellation().check();
                problem = Problem.of(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning());
                if (++faults >= internalAttempts) {
                    throw internal(context, e);
                }
                LOG.log(System.Logger.Level.WARNING, "request " + context.requestId() + " failed, trying again", e);
            }
            retried.run();
            await(context, delay(problem, failures), problem);
        }
    }

    private static ProblemException internal(RunContext context, Throwable e) {
        LOG.log(System.Logger.Level.ERROR, "request " + context.requestId() + " failed for good", e);
        return Problem.of(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning()).exception(e);
    }

    /** Nobody has cancelled a work that says so by itself: that is a fault like any other. */
    private static boolean isFault(Problem problem) {
        return switch (problem.code()) {
            case INTERNAL, CANCELLED -> true;
            default -> false;
        };
    }

    private static boolean isLeftToOthers(Problem problem, RunContext context) {
        return switch (problem.code()) {
            case STORE_UNAVAILABLE, SHUTTING_DOWN -> true;
            case CANCELLED -> context.cancellation().isCancelled();
            default -> !problem.status().retried() && !isFault(problem);
        };
    }

    private Duration delay(Problem problem, int failures) {
        Duration own = backoff.after(failures);
        Duration asked = problem.retryAfter().orElse(Duration.ZERO);
        Duration longer = asked.compareTo(own) > 0 ? asked : own;
        return longer.compareTo(backoff.longest()) > 0 ? backoff.longest() : longer;
    }

    private void await(RunContext context, Duration delay, Problem last) {
        CountDownLatch struck = new CountDownLatch(1);
        try (Cancellation.Registration _ = context.cancellation().onCancel(struck::countDown)) {
            struck.await(delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ErrorCode.SHUTTING_DOWN, ErrorCode.SHUTTING_DOWN.meaning())
                    .exception(e);
        }
        if (context.deadline().expired(clock)) {
            throw Problem.of(
                            ErrorCode.RETRIES_EXHAUSTED,
                            "Retried until the time ran out; the last answer was "
                                    + last.code().id() + ": " + last.message())
                    .exception();
        }
        context.cancellation().check();
    }
}
