package io.atelier.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a model comes from. Not part of its digest.
 *
 * @param recipe the recipe's name
 * @param seed the seed it was trained from
 * @param settings the recipe's settings by dotted name, as they were used
 * @param data the digests of the data files by their names
 * @param metrics what its evaluation measured, by name
 * @param job the training job that published it
 * @param origin the version whose weights it started from, where it did not start from chance
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Training(
        String recipe,
        long seed,
        Map<String, String> settings,
        Map<String, String> data,
        Map<String, Double> metrics,
        Optional<String> job,
        Optional<Origin> origin) {
    public Training {
        Objects.requireNonNull(recipe, "the training's recipe is missing");
        settings = Sorted.copy(Objects.requireNonNullElse(settings, Map.of()));
        data = Sorted.copy(Objects.requireNonNullElse(data, Map.of()));
        metrics = Sorted.copy(Objects.requireNonNullElse(metrics, Map.of()));
    }

    /** A training that started from chance. */
    public Training(
            String recipe,
            long seed,
            Map<String, String> settings,
            Map<String, String> data,
            Map<String, Double> metrics,
            Optional<String> job) {
        this(recipe, seed, settings, data, metrics, job, Optional.empty());
    }

    /** The same training as a job's. */
    public Training withJob(String id) {
        return new Training(recipe, seed, settings, data, metrics, Optional.of(id), origin);
    }
}
