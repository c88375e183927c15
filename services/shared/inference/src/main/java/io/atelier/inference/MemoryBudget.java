package io.atelier.inference;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelFile;
import io.atelier.models.ModelManifest;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How much memory open versions may hold together, by estimate. A version that finds no room has those closed for it that
 * nobody uses, the least recently used first. Thread-safe.
 *
 * <p>What a version holds is told by no runtime, so it is estimated from its files: ONNX Runtime keeps constants as they are
 * and, for the kernels that want that, once more in packed form.
 */
final class MemoryBudget {
    private static final int COPIES = 2;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final long limit;
    private final Supplier<Stream<Resident>> residents;
    private long held;

    /**
     * A version that is open.
     *
     * @param close takes it from whoever keeps it open
     */
    record Resident(LoadedModel model, Runnable close) {}

    /**
     * A budget.
     *
     * @param limit bytes
     * @param residents all versions that are kept open
     */
    MemoryBudget(long limit, Supplier<Stream<Resident>> residents) {
        this.limit = limit;
        this.residents = residents;
    }

    /** Bytes an open version is taken to hold. */
    static long estimate(ModelManifest manifest) {
        long files = manifest.files().stream().mapToLong(ModelFile::size).sum();
        return COPIES * files;
    }

    /** Whether a version would find room without another being closed, or never will. */
    synchronized boolean settles(ModelManifest manifest) {
        long wanted = estimate(manifest);
        return wanted > limit || held + wanted <= limit;
    }

    /**
     * Takes the memory of a version until the result is run.
     *
     * @param mayClose which versions may be closed for it
     * @throws io.atelier.kernel.ProblemException BROKEN_PACKAGE where it needs more than there is at all, OVERLOADED where
     *     what is in use leaves too little
     */
    Runnable claim(ModelManifest manifest, Predicate<LoadedModel> mayClose) {
        long wanted = estimate(manifest);
        if (wanted > limit) {
            throw Problem.of(
                            ErrorCode.BROKEN_PACKAGE,
                            manifest.name() + "@" + manifest.version() + " is refused: open it takes about " + wanted
                                    + " bytes of memory; atelier.inference.memory allows " + limit + ".")
                    .exception();
        }
        while (!take(wanted)) {
            Optional<Resident> oldest = residents
                    .get()
                    .filter(resident -> resident.model().isIdle() && mayClose.test(resident.model()))
                    .min(Comparator.comparingLong(resident -> resident.model().lastUsed()));
            if (oldest.isEmpty()) {
                throw Problem.of(
                                ErrorCode.OVERLOADED,
                                "The models in use leave no memory for " + manifest.name()
                                        + "; try again after the delay.")
                        .withRetryAfter(RETRY_AFTER)
                        .exception();
            }
            oldest.get().close().run();
        }
        return () -> give(wanted);
    }

    private synchronized boolean take(long bytes) {
        if (held + bytes > limit) {
            return false;
        }
        held += bytes;
        return true;
    }

    private synchronized void give(long bytes) {
        held -= bytes;
    }
}
