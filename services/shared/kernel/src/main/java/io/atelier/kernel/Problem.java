package io.atelier.kernel;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a request was refused or failed: what was refused, which limit or rule, and what to do.
 *
 * @param code the stable code
 * @param message a sentence for the user; names no file of the server and no stack trace
 * @param field the request's field by its proto name, where one is to blame
 * @param limit the limit or rule that was broken, such as {@code 1..64}
 * @param retryAfter how long to wait before trying again, where that helps
 */
public record Problem(
        ErrorCode code, String message, Optional<String> field, Optional<String> limit, Optional<Duration> retryAfter) {

    public static Problem of(ErrorCode code, String message) {
        return new Problem(code, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A problem with one field of the request. */
    public static Problem field(ErrorCode code, String field, String limit, String message) {
        return new Problem(code, message, Optional.of(field), Optional.of(limit), Optional.empty());
    }

    public Problem withRetryAfter(Duration delay) {
        return new Problem(code, message, field, limit, Optional.of(delay));
    }

    public Status status() {
        return code.status();
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    public ProblemException exception(Throwable cause) {
        return new ProblemException(this, cause);
    }
}
