package io.atelier.inference;

import io.atelier.kernel.Cancellation;
import io.atelier.models.ModelRef;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the promoted versions of a repository's models loaded and hands them out. Thread-safe. */
public interface ModelServer extends AutoCloseable {

    /**
     * Hands out the serving version, or loads the one a reference names. Throws UNKNOWN_MODEL, MODEL_NOT_READY or
     * BROKEN_PACKAGE.
     */
    ModelHandle acquire(ModelRef ref);

    /** Every model of this server's tasks, sorted by name. */
    List<ModelStatus> models();

    /** Looks at the repository now instead of at the next poll. Does not wait for loading. */
    void refresh();

    /** Calls the listener with each model whose status changes, until the registration is closed. */
    Cancellation.Registration watch(Consumer<ModelStatus> listener);

    /** Whether everything promoted at start has been loaded or found broken. */
    boolean ready();

    @Override
    void close();
}
