package io.atelier.endpoints.security;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;

/** What becomes of a call. */
public sealed interface Verdict {
    /** It may pass. */
    record Admitted(Identity identity) implements Verdict {}

    /** It is answered with a problem. */
    record Refused(Problem problem) implements Verdict {}

    static Verdict refused(ErrorCode code, String message) {
        return new Refused(Problem.of(code, message));
    }
}
