package io.atelier.learn.data;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;

/** Training data that cannot be used: what was refused, which rule it broke, and what to do. */
final class Unusable {
    private static final String FIELD = "data";

    private Unusable() {}

    /** A file or record that is broken or does not fit. */
    static ProblemException data(String what, String rule, String advice) {
        return problem(ErrorCode.DATA_CORRUPT, what, rule, advice).exception();
    }

    static ProblemException data(String what, String rule, String advice, Throwable cause) {
        return problem(ErrorCode.DATA_CORRUPT, what, rule, advice).exception(cause);
    }

    /** Nothing is there, or nothing to learn from. */
    static ProblemException missing(String what, String rule, String advice) {
        return problem(ErrorCode.DATA_MISSING, what, rule, advice).exception();
    }

    /** A record's label is that of no class. */
    static ProblemException label(String what, String rule, String advice) {
        return problem(ErrorCode.LABEL_OUT_OF_RANGE, what, rule, advice).exception();
    }

    /** More than a reader takes. */
    static ProblemException tooLarge(String what, String rule, String advice) {
        return problem(ErrorCode.TOO_LARGE, what, rule, advice).exception();
    }

    /** A name that is no text. */
    static ProblemException notUtf8(String what, String rule, String advice) {
        return problem(ErrorCode.DATA_NOT_UTF8, what, rule, advice).exception();
    }

    static ProblemException unreadable(Object file, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return data(
                file + " cannot be read", reason, "Check that it is complete and that this user may read it.", cause);
    }

    private static Problem problem(ErrorCode code, String what, String rule, String advice) {
        return Problem.field(code, FIELD, rule, what + " (" + rule + "). " + advice);
    }
}
