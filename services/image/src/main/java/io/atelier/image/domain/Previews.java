package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.WorkPreview;
import java.util.function.Supplier;

/**
 * Shows a request's pictures while they are made, after every so many steps as its client asked; marked like the pictures.
 *
 * @param rhythm when
 * @param times how far they are enlarged
 */
record Previews(
        PreviewRhythm rhythm,
        GenerateRequest request,
        PictureTensor image,
        int[] labels,
        int times,
        Marks marks,
        RunContext context) {
    /**
     * After so many steps.
     *
     * @param values (picture, ...), what pictures become; computed when asked for
     */
    void at(int steps, Supplier<float[]> values) {
        if (!rhythm.isDue(steps)) {
            return;
        }
        float[] pictures = values.get();
        for (int i = 0; i < labels.length; i++) {
            Picture picture = Pictures.enlarge(image.toPicture(pictures, i * image.size()), times);
            byte[] content = Pictures.encode(
                    picture, request.format(), marks.preview(marks.label(labels[i]), i, picture.width(), steps));
            PreviewRhythm.show(
                    context, new WorkPreview(i, content, request.format().mediaType()));
        }
    }
}
