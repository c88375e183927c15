package io.atelier.trainer.domain;

import io.atelier.kernel.Digest;
import java.util.Map;
import java.util.Optional;

/**
 * How far a training has come.
 *
 * @param step steps done
 * @param totalSteps steps in all
 * @param metrics the latest numbers by name
 * @param sample a sample made at this step, as an artifact
 */
public record Report(long step, long totalSteps, Map<String, Double> metrics, Optional<Digest> sample) {
    public static final Report NONE = new Report(0, 0, Map.of(), Optional.empty());

    public Report {
        metrics = Map.copyOf(metrics);
    }
}
