package io.atelier.endpoints.grpc;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes one server stream no faster than its client reads. Holds at most one message of its own: the latest progress, which
 * a newer one replaces; a result goes straight to the transport, which holds it until it is read. Thread-safe.
 *
 * @param <T> the stream's message
 */
public final class StreamWriter<T> {
    private final ServerCallStreamObserver<T> out;
    private final Cancellation cancellation;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable T latest;
    private boolean ended;

    private StreamWriter(ServerCallStreamObserver<T> out, Cancellation cancellation) {
        this.out = out;
        this.cancellation = cancellation;
    }

    /**
     * Takes over a call's observer. Must be called before the service method returns: grpc-java takes no handlers later.
     *
     * @param cancellation cancelled when the client cancels, disconnects or its deadline passes
     */
    public static <T> StreamWriter<T> open(StreamObserver<T> observer, Cancellation cancellation) {
        ServerCallStreamObserver<T> out = (ServerCallStreamObserver<T>) observer;
        StreamWriter<T> writer = new StreamWriter<>(out, cancellation);
        out.setOnReadyHandler(writer::ready);
        out.setOnCancelHandler(() -> {
            cancellation.cancel();
            writer.ready();
        });
        return writer;
    }

    /** Sends a message now if the client keeps up, else when it does, unless a later one has replaced it by then. */
    public void latest(T message) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            latest = message;
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Sends a message now if the client keeps up, else never. */
    public void offer(T message) {
        lock.lock();
        try {
            flush();
            if (!ended && out.isReady()) {
                out.onNext(message);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the client keeps up, then sends; to be called on a virtual thread.
     *
     * @throws io.atelier.kernel.ProblemException CANCELLED, or DEADLINE when the client has not read for {@code patience}
     */
    public void send(T message, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!out.isReady() && !ended) {
                cancellation.check();
                if (left <= 0) {
                    throw Problem.of(
                                    ErrorCode.DEADLINE,
                                    "The client has read nothing for " + patience.toSeconds() + " s.")
                            .exception();
                }
                left = changed.awaitNanos(left);
            }
            cancellation.check();
            if (!ended) {
                out.onNext(message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping.")
                    .exception(e);
        } finally {
            lock.unlock();
        }
    }

    /** Sends the last message and ends the stream. Progress that waits is dropped: the result says more. */
    public void finish(T result) {
        end(() -> {
            out.onNext(result);
            out.onCompleted();
        });
    }

    /** Ends the stream. */
    public void finish() {
        end(out::onCompleted);
    }

    /** Ends the stream with a status. */
    public void fail(StatusRuntimeException status) {
        end(() -> out.onError(status));
    }

    private void end(Runnable last) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            latest = null;
            if (!out.isCancelled()) {
                last.run();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void ready() {
        lock.lock();
        try {
            flush();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void flush() {
        T message = latest;
        if (message != null && !ended && out.isReady()) {
            latest = null;
            out.onNext(message);
        }
    }
}
