package io.atelier.image.domain;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.List;

/** Fetches the files of pictures that a request brings or names. */
record Inputs(ArtifactStore artifacts) {

    /**
     * A file.
     *
     * @param field the request's field that it came by, for problems
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record File(byte[] bytes, String field) {}

    /** Throws TOO_LARGE when the bytes that inputs bring are more than an entrance takes. */
    static void requireWithin(List<Input> inputs, int limit) {
        long bytes = inputs.stream()
                .mapToLong(input -> input instanceof Input.Content content ? content.bytes().length : 0)
                .sum();
        if (bytes > limit) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            "content",
                            limit + " bytes",
                            "A request carries at most " + limit + " bytes of picture, not " + bytes
                                    + "; put larger ones with PutArtifact and name them as artifact_id.")
                    .exception();
        }
    }

    /**
     * Reads one; throws MISSING_FIELD, MALFORMED_ID, UNKNOWN_ARTIFACT or TOO_LARGE.
     *
     * @param at what stands before the names of the input's fields
     */
    File read(Input input, String at) {
        return switch (input) {
            case Input.None none ->
                throw Problem.field(
                                ErrorCode.MISSING_FIELD,
                                at + "content",
                                "content or artifact_id",
                                "Send a PNG or JPEG as content, or name a stored one as artifact_id.")
                        .exception();
            case Input.Content content -> new File(content.bytes(), at + "content");
            case Input.Stored stored -> new File(stored(stored.artifactId(), at + "artifact_id"), at + "artifact_id");
        };
    }

    private byte[] stored(String id, String field) {
        if (!Digest.isValid(id)) {
            throw Problem.field(
                            ErrorCode.MALFORMED_ID,
                            field,
                            "[0-9a-f]{64}",
                            "An artifact's id is 64 lower-case hex digits.")
                    .exception();
        }
        return artifacts.read(new Digest(id), Limits.MAX_INPUT_ARTIFACT_BYTES);
    }
}
