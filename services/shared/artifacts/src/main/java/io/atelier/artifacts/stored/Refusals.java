package io.atelier.artifacts.stored;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** What every store refuses in the same words. */
public final class Refusals {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private Refusals() {}

    public static ProblemException unavailable(IOException cause) {
        return Problem.of(ErrorCode.STORE_UNAVAILABLE, "The artifact store cannot be read or written; try again.")
                .withRetryAfter(RETRY_AFTER)
                .exception(cause);
    }

    public static ProblemException unknown(Digest id) {
        return Problem.field(
                        ErrorCode.UNKNOWN_ARTIFACT, "artifact_id", "a stored id", "No artifact " + id + " is stored.")
                .exception();
    }

    public static ProblemException full(long quotaBytes) {
        return Problem.field(
                        ErrorCode.QUOTA_EXCEEDED,
                        "data",
                        quotaBytes + " bytes",
                        "The artifact store is full; raise its quota or wait until older works expire.")
                .exception();
    }

    public static void requireAccepted(String mediaType, Set<String> accepted) {
        if (!accepted.contains(mediaType)) {
            throw Problem.field(
                            ErrorCode.WRONG_TYPE,
                            "media_type",
                            String.join(", ", new TreeSet<>(accepted)),
                            "This store does not accept the media type.")
                    .exception();
        }
    }

    public static void requireOffset(long offset, ArtifactInfo info) {
        if (offset < 0 || offset > info.size()) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "offset",
                            "0.." + info.size(),
                            "The artifact has " + info.size() + " bytes.")
                    .exception();
        }
    }

    public static void requireSize(ArtifactInfo info, int maxBytes) {
        if (info.size() > maxBytes) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            "artifact_id",
                            maxBytes + " bytes",
                            "The artifact has " + info.size() + " bytes.")
                    .exception();
        }
    }
}
