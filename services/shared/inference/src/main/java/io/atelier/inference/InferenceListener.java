package io.atelier.inference;

import io.atelier.models.ModelManifest;
import java.time.Duration;

/**
 * Told about runs, for meters. Called on the threads that run models: must be quick and must not throw.
 *
 * <p>Both name the model by its manifest and the graph by its role.
 */
public interface InferenceListener {
    InferenceListener NONE = new InferenceListener() {};

    /** A request's first row starts, this long after it came. */
    default void started(ModelManifest model, String graph, Duration queued) {}

    /** A run ended, well or not, with this many rows. */
    default void ran(ModelManifest model, String graph, int rows, Duration run) {}
}
