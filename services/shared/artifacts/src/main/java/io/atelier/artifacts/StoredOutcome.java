package io.atelier.artifacts;

import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one outcome of a request: the whole event that tells it, and what it rests on.
 *
 * @param key the request's key
 * @param kind how it ended
 * @param requestId the request's id
 * @param requestSource the request's source
 * @param body SHA-256 of the request's type and deterministic protobuf form; empty when it was cancelled before it came
 * @param attributes the CloudEvents attributes by name without prefix: id, source, type, time, datacontenttype, requestid, requestsource, dataref
 * @param data the event's data
 * @param artifacts the artifacts it names; kept as long as the outcome
 * @param storedAt when it was put
 */
public record StoredOutcome(
        RequestKey key,
        Kind kind,
        String requestId,
        String requestSource,
        Optional<Digest> body,
        Map<String, String> attributes,
        byte[] data,
        List<Digest> artifacts,
        Instant storedAt) {

    /** How a request can end. */
    public enum Kind {
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /** Whether another request under the same key has the same body. A cancelled request fits any. */
    public boolean fits(Digest otherBody) {
        return body.isEmpty() || body.get().equals(otherBody);
    }
}
