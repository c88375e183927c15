package io.atelier.image.domain;

import io.atelier.artifacts.pictures.PictureFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * Asks for pictures.
 *
 * @param model name, or name@version
 * @param label one label, or empty
 * @param labels several labels that pictures take in turn; excludes label; with both empty, all of the model's in turn
 * @param count how many pictures; default 1, or the number of labels asked for
 * @param randomness the numbers pictures are made from
 * @param size side in pixels, a whole multiple of the model's own; default: the model's own
 * @param format how pictures are encoded
 * @param contactSheet whether to make a sheet of all pictures too
 * @param sampling how a flow is followed; must say nothing to models of other tasks
 */
public record GenerateRequest(
        String model,
        String label,
        List<String> labels,
        OptionalInt count,
        Randomness randomness,
        OptionalInt size,
        PictureFormat format,
        boolean contactSheet,
        Sampling sampling) {
    public GenerateRequest {
        labels = List.copyOf(labels);
    }
}
