package io.atelier.image.domain;

import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.WorkPreview;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey.Entrance;
import java.util.OptionalInt;

/**
 * How often a client is shown what becomes of its work.
 *
 * @param every after how many steps, and so on; 0 for never
 */
record PreviewRhythm(int every) {
    private static final String FIELD = "preview_every";
    private static final int MOST_BYTES = 1 << 20;

    /**
     * As a request asks; throws OUT_OF_RANGE_FIELD, and UNSUPPORTED_FIELD where no previews can be sent.
     *
     * @param steps what the steps of such a work are called
     */
    static PreviewRhythm of(OptionalInt asked, Caller caller, String steps) {
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
                            "Previews come after every so many " + steps + ", 1 or more.")
                    .exception();
        }
        return new PreviewRhythm(asked.orElse(0));
    }

    /** Whether one is due after so many steps; none is before the first. */
    boolean isDue(int steps) {
        return every > 0 && steps > 0 && steps % every == 0;
    }

    /** Shows one, unless it is larger than a message may be. */
    static void show(RunContext context, WorkPreview preview) {
        if (preview.content().length <= MOST_BYTES) {
            context.progress().preview(preview);
        }
    }
}
