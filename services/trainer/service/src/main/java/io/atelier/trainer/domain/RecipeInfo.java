package io.atelier.trainer.domain;

import java.util.Map;
import java.util.TreeMap;

/**
 * A recipe that jobs can name.
 *
 * @param name its name
 * @param title what it trains, in a line
 * @param model the model it publishes unless a setting says another
 * @param task the model's task
 * @param settings its settings' defaults by dotted name, as text
 * @param schema JSON Schema of the settings
 */
public record RecipeInfo(
        String name, String title, String model, String task, Map<String, String> settings, String schema) {
    public RecipeInfo {
        settings = Map.copyOf(new TreeMap<>(settings));
    }
}
