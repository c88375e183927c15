package io.atelier.kernel;

/**
 * The canonical status an error code maps to on gRPC, and the rule Kafka follows for it.
 *
 * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
 */
public enum Status {
    INVALID_ARGUMENT(false),
    UNAUTHENTICATED(false),
    PERMISSION_DENIED(false),
    NOT_FOUND(false),
    ALREADY_EXISTS(false),
    FAILED_PRECONDITION(false),
    OUT_OF_RANGE(false),
    DEADLINE_EXCEEDED(false),
    CANCELLED(false),
    DATA_LOSS(false),
    INTERNAL(false),
    UNAVAILABLE(true),
    RESOURCE_EXHAUSTED(true),
    ABORTED(true);

    private final boolean retried;

    Status(boolean retried) {
        this.retried = retried;
    }

    /** Whether a request that met this status may succeed later without being changed. */
    public boolean retried() {
        return retried;
    }
}
