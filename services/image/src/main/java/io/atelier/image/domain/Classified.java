package io.atelier.image.domain;

import io.atelier.models.ModelManifest;
import java.util.List;

/**
 * What is on pictures.
 *
 * @param model what judged
 * @param deviceClass what the numbers depend on beside model and picture
 * @param guesses of each picture, most probable first
 */
public record Classified(ModelManifest model, String deviceClass, List<List<Guess>> guesses) {

    /**
     * One class.
     *
     * @param label its label
     * @param index its index among the model's labels
     * @param probability softmax probability, 0 to 1
     */
    public record Guess(String label, int index, float probability) {}
}
