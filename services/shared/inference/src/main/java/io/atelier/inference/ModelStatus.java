package io.atelier.inference;

import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import java.time.Instant;
import java.util.Optional;

/**
 * One model as a process sees it.
 *
 * @param name the model's name
 * @param state whether it can be used
 * @param serving the version that serves
 * @param loadedAt when that version was opened; nothing while it is closed, for want of memory, until it is asked for
 * @param problem what is wrong with the promoted version, when broken
 */
public record ModelStatus(
        ModelName name,
        State state,
        Optional<ModelManifest> serving,
        Optional<Instant> loadedAt,
        Optional<String> problem) {

    /** Whether a model can be used. A broken promoted version never replaces a good one. */
    public enum State {
        LOADING,
        READY,
        BROKEN
    }
}
