package io.atelier.image.domain;

import java.util.List;
import java.util.OptionalInt;

/**
 * Asks what is on pictures.
 *
 * @param model name, or name@version
 * @param inputs the pictures
 * @param several whether they came as several, be it one
 * @param topK how many classes to name; default 5, or all when the model has fewer
 */
public record ClassifyRequest(String model, List<Input> inputs, boolean several, OptionalInt topK) {
    public ClassifyRequest {
        inputs = List.copyOf(inputs);
    }
}
