package io.atelier.image;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands each message on, and completes with the last one when the stream ends. */
final class Answer<T> implements StreamObserver<T> {
    final CompletableFuture<T> done = new CompletableFuture<>();
    private final Consumer<T> each;
    private @Nullable T last;

    Answer(Consumer<T> each) {
        this.each = each;
    }

    @Override
    public void onNext(T message) {
        last = message;
        each.accept(message);
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        T message = last;
        if (message == null) {
            done.completeExceptionally(new AssertionError("the stream ended without a message"));
        } else {
            done.complete(message);
        }
    }
}
