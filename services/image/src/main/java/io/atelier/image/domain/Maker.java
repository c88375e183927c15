package io.atelier.image.domain;

import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import java.util.Map;

/** How a model makes pictures, from its manifest and what the request says of the way. */
sealed interface Maker permits Generator, Flow {

    /** The maker of a model's task; throws UNSUPPORTED_FIELD and what {@link Sampling#of} throws. */
    static Maker of(ModelManifest manifest, Sampling sampling) {
        if (manifest.task() == ModelTask.IMAGE_FLOW) {
            return Flow.of(manifest, sampling.of(manifest));
        }
        sampling.refuseFor(manifest);
        return Generator.of(manifest);
    }

    /** How a row of what it makes is a picture. */
    PictureTensor image();

    /** What shapes a picture beside model, seed, label, index, size and format: the parameter's name and its value. */
    Map<String, String> parameters();

    /**
     * Makes a row (picture) for each label, which depends on its noise and its label alone; reports steps done.
     *
     * @param labels the index of the label for each picture
     * @param previews takes what pictures become, from a maker that knows it on the way
     */
    float[] make(Serving serving, Noise noise, int[] labels, Previews previews);
}
