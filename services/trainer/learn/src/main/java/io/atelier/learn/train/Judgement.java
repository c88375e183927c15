package io.atelier.learn.train;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.measure.Confusion;
import io.atelier.learn.measure.Features;

/**
 * What a classifier says of pictures.
 *
 * @param features (n, features), the activations before the logits
 * @param logits (n, classes), row-major
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
public record Judgement(Features features, float[] logits) {

    /** The share of these pictures, the ones that were judged, taken for what their labels say. */
    public double share(LabelledPictures pictures) {
        return Confusion.of(pictures.labels(), logits, pictures.classes()).share();
    }
}
