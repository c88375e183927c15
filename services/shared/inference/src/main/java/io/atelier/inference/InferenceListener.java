package io.atelier.inference;

import io.atelier.models.ModelManifest;
import java.time.Duration;

/**
 * Told about runs, for meters. Called on the threads that run models and on those that wait for them: must be quick and must
 * not throw.
 *
 * <p>Each names the model by its manifest and the graph by its role.
 */
public interface InferenceListener {
    InferenceListener NONE = new InferenceListener() {};

    /** A request's first row starts, this long after it came. */
    default void started(ModelManifest model, String graph, Duration queued) {}

    /** A run ended, well or not, with this many rows. */
    default void ran(ModelManifest model, String graph, int rows, Duration run) {}

    /** A request is over, this long after it came; not well when it failed, was refused, cancelled or ran out of time. */
    default void ended(ModelManifest model, String graph, Duration took, boolean well) {}

    /** Tells both, the first one first. */
    static InferenceListener both(InferenceListener first, InferenceListener second) {
        return new InferenceListener() {
            @Override
            public void started(ModelManifest model, String graph, Duration queued) {
                first.started(model, graph, queued);
                second.started(model, graph, queued);
            }

            @Override
            public void ran(ModelManifest model, String graph, int rows, Duration run) {
                first.ran(model, graph, rows, run);
                second.ran(model, graph, rows, run);
            }

            @Override
            public void ended(ModelManifest model, String graph, Duration took, boolean well) {
                first.ended(model, graph, took, well);
                second.ended(model, graph, took, well);
            }
        };
    }
}
