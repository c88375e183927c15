package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.pictures.Resizing;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.WorkPreview;
import io.atelier.image.domain.Photograph.Size;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey.Entrance;
import java.util.OptionalInt;

/**
 * Shows a photograph while it is painted, after every so many parts; small, as JPEG, and marked like the result.
 *
 * @param every after how many parts; 0 for never
 */
record StylePreviews(int every, StyleMarks marks, RunContext context) {
    private static final int MOST_BYTES = 1 << 20;
    private static final String FIELD = "preview_every";

    /** After how many parts a request wants previews; throws OUT_OF_RANGE_FIELD and UNSUPPORTED_FIELD. */
    static int every(OptionalInt asked, Caller caller) {
        if (asked.isPresent() && caller.entrance() != Entrance.GRPC) {
            throw Problem.field(
                            ErrorCode.UNSUPPORTED_FIELD,
                            FIELD,
                            "only on gRPC",
                            "Previews are sent on gRPC alone; leave preview_every out.")
                    .exception();
        }
        if (asked.isPresent() && asked.getAsInt() < 1) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            FIELD,
                            "1 or more",
                            "Previews come after every so many parts, 1 or more.")
                    .exception();
        }
        return asked.orElse(0);
    }

    /** After so many runs, the first of which may have painted nothing. */
    void after(int runs, Picture picture) {
        if (every == 0 || runs % every != 0) {
            return;
        }
        Size size = new Size(picture.width(), picture.height());
        Size small = size.withLonger(Math.min(Limits.MAX_PREVIEW_SIDE, Math.max(size.width(), size.height())));
        Picture shown = Resizing.resize(picture, small.width(), small.height());
        byte[] content = Pictures.encode(shown, PictureFormat.JPEG, marks.preview(runs, small));
        if (content.length <= MOST_BYTES) {
            context.progress().preview(new WorkPreview(0, content, PictureFormat.JPEG.mediaType()));
        }
    }
}
