package io.atelier.artifacts.objects;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for several pieces of work, interrupted or not. */
final class Together {
    private Together() {}

    /** The results in order, once all are done; the first failure as it was thrown. */
    static <T> List<T> all(List<CompletableFuture<T>> parts) {
        CompletableFuture<Void> all = CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]));
        try {
            all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
        return parts.stream().map(CompletableFuture::join).toList();
    }
}
