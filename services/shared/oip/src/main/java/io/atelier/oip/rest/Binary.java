package io.atelier.oip.rest;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Where the JSON of a body ends and its tensors' bytes begin. */
final class Binary {
    /** Says it, in bytes. */
    static final String HEADER = "Inference-Header-Content-Length";

    private Binary() {}

    /** The length of a body's JSON: all of it when nothing is said. */
    static int jsonLength(@Nullable String header, int body) {
        if (header == null) {
            return body;
        }
        try {
            int length = Integer.parseInt(header);
            if (length >= 0 && length <= body) {
                return length;
            }
        } catch (NumberFormatException e) {
            // answered below, like a number beyond the body
        }
        throw Problem.field(
                        ErrorCode.OUT_OF_RANGE_FIELD,
                        HEADER,
                        "0.." + body,
                        "The header " + HEADER + " says where the JSON ends: 0 to " + body + ", the body's length.")
                .exception();
    }
}
