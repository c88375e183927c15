package io.atelier.inference;

import ai.onnxruntime.OrtException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/**
 * One batch's run. When it fails with several requests in it, a run for each of them: an input that a graph cannot take (an
 * index beyond a table) must not fail those who share its run. When memory is out, the same rows once more, by halves.
 *
 * @param shares the rows
 * @param largest the largest size of a run that so many rows fill
 * @param run runs some of the rows
 * @param stopped whether the run was stopped, which is no failure to try again
 */
record Attempt(List<Batch.Share> shares, IntUnaryOperator largest, Run run, BooleanSupplier stopped) {
    /** A run of rows of one or more requests. */
    @FunctionalInterface
    interface Run {
        void of(List<Batch.Share> shares) throws OrtException;
    }

    static Attempt at(Batch batch) {
        GraphSession session = batch.queue.session();
        return new Attempt(
                batch.shares, session::largest, shares -> session.run(shares, batch.options()), batch::isTerminated);
    }

    /** What failed, for each share; nothing where all went well. */
    List<Optional<Throwable>> make() {
        Optional<Throwable> failure = run(shares);
        if (failure.isEmpty() || stopped.getAsBoolean()) {
            return Collections.nCopies(shares.size(), failure);
        }
        int half = shares.stream().mapToInt(Batch.Share::count).sum() / 2;
        if (isOutOfMemory(failure.get()) && half > 0) {
            return shares.stream().map(share -> inParts(share, half)).toList();
        }
        if (shares.size() == 1) {
            return List.of(failure);
        }
        return shares.stream().map(share -> inParts(share, share.count())).toList();
    }

    private Optional<Throwable> inParts(Batch.Share share, int most) {
        int end = share.first() + share.count();
        for (int first = share.first(); first < end; ) {
            int count = largest.applyAsInt(Math.min(most, end - first));
            Optional<Throwable> failure = run(List.of(new Batch.Share(share.ticket(), first, count)));
            if (failure.isPresent()) {
                return failure;
            }
            first += count;
        }
        return Optional.empty();
    }

    private Optional<Throwable> run(List<Batch.Share> some) {
        try {
            run.of(some);
            return Optional.empty();
        } catch (OrtException | RuntimeException | OutOfMemoryError e) { // of buffers outside the heap, or of a result
            return Optional.of(e);
        }
    }

    /** Whether memory was out: the heap's, the buffers' beside it, the processor's, or a GPU's. */
    static boolean isOutOfMemory(Throwable failure) {
        return failure instanceof OutOfMemoryError
                || failure instanceof OrtException && OutOfMemory.isToldBy(String.valueOf(failure.getMessage()));
    }
}
