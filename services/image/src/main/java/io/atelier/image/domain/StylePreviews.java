package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.pictures.Resizing;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.WorkPreview;
import io.atelier.image.domain.Photograph.Size;

/**
 * Shows a photograph while it is painted, after every so many parts; small, as JPEG, and marked like the result.
 *
 * @param rhythm when, by parts
 */
record StylePreviews(PreviewRhythm rhythm, StyleMarks marks, RunContext context) {
    /** After so many runs, the first of which may have painted nothing. */
    void after(int runs, Picture picture) {
        if (!rhythm.isDue(runs)) {
            return;
        }
        Size size = new Size(picture.width(), picture.height());
        Size small = size.withLonger(Math.min(Limits.MAX_PREVIEW_SIDE, Math.max(size.width(), size.height())));
        Picture shown = Resizing.resize(picture, small.width(), small.height());
        byte[] content = Pictures.encode(shown, PictureFormat.JPEG, marks.preview(runs, small));
        PreviewRhythm.show(context, new WorkPreview(0, content, PictureFormat.JPEG.mediaType()));
    }
}
