package io.atelier.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a request was refused or failed: what was refused, which limit or rule, and what to do.
 *
 * @param code the stable code
 * @param message a sentence for the user; names no file of the server and no stack trace
 * @param field the request's field by its proto name, where one is to blame; the first where several are
 * @param limit the limit or rule that was broken, such as {@code 1..64}
 * @param retryAfter how long to wait before trying again, where that helps
 * @param violations every field that is to blame
 */
public record Problem(
        ErrorCode code,
        String message,
        Optional<String> field,
        Optional<String> limit,
        Optional<Duration> retryAfter,
        List<Violation> violations) {
    public Problem {
        violations = List.copyOf(violations);
    }

    /** A problem with one field at most. */
    public Problem(
            ErrorCode code,
            String message,
            Optional<String> field,
            Optional<String> limit,
            Optional<Duration> retryAfter) {
        this(
                code,
                message,
                field,
                limit,
                retryAfter,
                field.map(name -> new Violation(code, name, limit.orElse(""), message)).stream()
                        .toList());
    }

    public static Problem of(ErrorCode code, String message) {
        return new Problem(code, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A problem with one field of the request. */
    public static Problem field(ErrorCode code, String field, String limit, String message) {
        return new Problem(code, message, Optional.of(field), Optional.of(limit), Optional.empty());
    }

    /** All problems of a request in one, so that they can be put right at once; code and field are the first one's. */
    public static Problem all(List<Problem> problems) {
        Problem first = problems.getFirst();
        if (problems.size() == 1) {
            return first;
        }
        String messages = problems.stream().map(Problem::message).collect(Collectors.joining(" "));
        return new Problem(
                first.code,
                problems.size() + " problems. " + messages,
                first.field,
                first.limit,
                first.retryAfter,
                problems.stream()
                        .flatMap(problem -> problem.violations.stream())
                        .toList());
    }

    public Problem withRetryAfter(Duration delay) {
        return new Problem(code, message, field, limit, Optional.of(delay), violations);
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
