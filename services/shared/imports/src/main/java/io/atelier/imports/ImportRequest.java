package io.atelier.imports;

import io.atelier.imports.fit.Told;
import io.atelier.inference.trial.TrialLimits;
import io.atelier.models.ModelName;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model to be imported.
 *
 * @param path the ONNX file; weights of its own lie in the same folder
 * @param name what it will be called
 * @param task what it shall do
 * @param told what its user says of it
 * @param license the licence of its weights, an SPDX id, where it is known
 * @param trialTime how long its trial may take by the clock
 * @param trialMemoryMiB how much memory its trial may take; default: by the model's size
 */
public record ImportRequest(
        Path path,
        ModelName name,
        ModelTask task,
        Told told,
        Optional<String> license,
        Duration trialTime,
        OptionalLong trialMemoryMiB) {
    /** What a trial may take beside its weights where nobody says it. */
    private static final long TRIAL_MEMORY_MIB = 2048;

    /** ONNX Runtime reads a file, parses it, and keeps weights as they are and as its kernels want them. */
    private static final int COPIES = 4;

    private static final int THREADS = 2;

    /** What the trial of a model of this size may take. */
    TrialLimits limits(long bytes) {
        return new TrialLimits(trialTime, trialMemoryMiB.orElse(TRIAL_MEMORY_MIB + COPIES * (bytes >> 20)), THREADS);
    }
}
