package io.atelier.cli.models;

import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a repository promotes at a moment, to tell later what has changed.
 *
 * @param promotions the promotions by model
 */
public record Served(Map<ModelName, Promotion> promotions) {
    public Served {
        promotions = Map.copyOf(promotions);
    }

    /** What is promoted now; a promotion that cannot be read counts as none. */
    public static Served now(ModelRepository models) {
        Map<ModelName, Promotion> promotions = new HashMap<>();
        for (ModelName name : models.names()) {
            promotion(models, name).ifPresent(promotion -> promotions.put(name, promotion));
        }
        return new Served(promotions);
    }

    private static Optional<Promotion> promotion(ModelRepository models, ModelName name) {
        try {
            return models.promotion(name);
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /** The models whose promotion is another one in the later moment. */
    public List<ModelName> changed(Served later) {
        return later.promotions().entrySet().stream()
                .filter(now -> !Optional.of(now.getValue()).equals(Optional.ofNullable(promotions.get(now.getKey()))))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
