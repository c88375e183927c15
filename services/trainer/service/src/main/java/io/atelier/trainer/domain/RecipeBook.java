package io.atelier.trainer.domain;

import java.util.List;
import java.util.Map;

/** The recipes that the training program knows. */
public interface RecipeBook {

    /** All recipes, by name. */
    List<RecipeInfo> all();

    /**
     * Checks overrides against a recipe's settings.
     *
     * @throws io.atelier.kernel.ProblemException when no recipe has this name, or with everything that is wrong with the
     *     overrides at once, each by its name
     */
    void check(String recipe, Map<String, String> settings);
}
