package io.atelier.image.domain;

import java.util.OptionalInt;

/**
 * Asks what is on a picture.
 *
 * @param model name, or name@version
 * @param input the picture
 * @param topK how many classes to name; default 5, or all when the model has fewer
 */
public record ClassifyRequest(String model, Input input, OptionalInt topK) {

    /** Where the picture comes from. */
    public sealed interface Input {
        /** The request names none. */
        record None() implements Input {}

        /** Its bytes, a PNG or JPEG. */
        record Content(byte[] bytes) implements Input {}

        /** The id of a stored artifact. */
        record Stored(String artifactId) implements Input {}
    }
}
