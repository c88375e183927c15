package io.atelier.oip.rest;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;

/** The one place where a problem becomes an HTTP status. */
final class HttpStatus {
    private HttpStatus() {}

    static int of(Problem problem) {
        if (problem.code() == ErrorCode.TOO_LARGE) {
            return 413;
        }
        return switch (problem.status()) {
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499; // nobody reads it: the client is gone
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case DATA_LOSS, INTERNAL -> 500;
        };
    }
}
