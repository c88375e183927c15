package io.atelier.inference;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelFile;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Loads packages, each on a platform thread of its own. ONNX Runtime cannot be interrupted while it loads: a load that
 * takes too long is given up by its caller, but its thread goes on, and closing waits for it, since a process that ends
 * in the middle of a load may crash.
 */
final class Loading implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final OrtRuntime runtime;
    private final ModelRepository repository;
    private final InferenceSettings settings;
    private final MemoryBudget memory;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("model-load-", 0).factory());

    Loading(OrtRuntime runtime, ModelRepository repository, InferenceSettings settings, MemoryBudget memory) {
        this.runtime = runtime;
        this.repository = repository;
        this.settings = settings;
        this.memory = memory;
    }

    /**
     * Verifies and opens a package; counted once, for the caller. Throws BROKEN_PACKAGE, MODEL_NOT_READY when too many
     * loads go on, or OVERLOADED when there is no memory for it.
     *
     * @param mayClose which versions may be closed to make room
     */
    LoadedModel load(ModelPackage found, Predicate<LoadedModel> mayClose) {
        if (!places.tryAcquire()) {
            throw notReady("Other models are still loading; try again.").exception();
        }
        CompletableFuture<LoadedModel> loaded = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    LoadedModel model = open(found, mayClose);
                    if (!loaded.complete(model)) {
                        model.release(); // given up meanwhile
                    }
                } catch (RuntimeException | Error e) {
                    loaded.completeExceptionally(e);
                } finally {
                    places.release();
                }
            });
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
        return await(loaded, found.manifest());
    }

    private LoadedModel await(CompletableFuture<LoadedModel> loaded, ModelManifest manifest) {
        try {
            return loaded.get(settings.maxLoad().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException known) {
                throw known;
            }
            throw broken(manifest, "it cannot be loaded").exception(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ProblemException refused =
                    notReady("The model is still loading; try again.").exception(e);
            return giveUp(loaded, refused);
        } catch (TimeoutException e) {
            ProblemException refused = broken(
                            manifest,
                            "it takes longer to load than " + settings.maxLoad().toSeconds() + " s")
                    .exception(e);
            return giveUp(loaded, refused);
        }
    }

    private static LoadedModel giveUp(CompletableFuture<LoadedModel> loaded, ProblemException refused) {
        if (loaded.completeExceptionally(refused)) {
            throw refused;
        }
        return loaded.join(); // it came in the last moment
    }

    private LoadedModel open(ModelPackage found, Predicate<LoadedModel> mayClose) {
        ModelManifest manifest = found.manifest();
        long bytes = manifest.files().stream().mapToLong(ModelFile::size).sum();
        if (bytes > settings.maxModelBytes()) {
            throw broken(manifest, "it has " + bytes + " bytes; " + settings.maxModelBytes() + " are allowed")
                    .exception();
        }
        Runnable given = memory.claim(manifest, mayClose); // before all bytes are read: without room that is in vain
        try {
            repository.verify(found);
        } catch (RuntimeException e) {
            given.run();
            throw e;
        }
        try {
            return LoadedModel.open(runtime, found, settings.maxRun(), given);
        } catch (NotServable e) {
            throw broken(manifest, String.valueOf(e.getMessage())).exception(e);
        }
    }

    private static Problem broken(ModelManifest manifest, String why) {
        return Problem.of(
                ErrorCode.BROKEN_PACKAGE, manifest.name() + "@" + manifest.version() + " is refused: " + why + ".");
    }

    static Problem notReady(String message) {
        return Problem.of(ErrorCode.MODEL_NOT_READY, message).withRetryAfter(RETRY_AFTER);
    }

    /** Returns when no load goes on. */
    @Override
    public void close() {
        threads.close();
    }
}
