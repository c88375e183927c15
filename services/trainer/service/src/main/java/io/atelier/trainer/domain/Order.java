package io.atelier.trainer.domain;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be trained.
 *
 * @param recipe the recipe's name
 * @param data where its data lies
 * @param settings overrides of the recipe's settings by name
 * @param seed the seed; the recipe's own when absent
 * @param resumes the ended job whose last checkpoint it starts from
 */
public record Order(
        String recipe, String data, Map<String, String> settings, OptionalLong seed, Optional<JobId> resumes) {
    public Order {
        settings = Map.copyOf(settings);
    }
}
