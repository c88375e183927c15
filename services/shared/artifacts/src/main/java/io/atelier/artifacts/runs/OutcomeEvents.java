package io.atelier.artifacts.runs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.StoredOutcome.Kind;
import io.atelier.kernel.Digest;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes outcomes with the whole event that tells them. The event's id is the request's key in hex, so that it is the
 * same however often it is sent.
 */
public final class OutcomeEvents {
    private final EventIssuer issuer;
    private final InstantSource clock;

    public OutcomeEvents(EventIssuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The outcome of a finished work. */
    public StoredOutcome completed(RunRequest request, WorkResult result) {
        return outcome(
                Kind.COMPLETED,
                request.key(),
                request.id(),
                request.source(),
                Optional.of(request.body()),
                result.data(),
                result.artifacts());
    }

    /** The outcome of a request that failed for good. */
    public StoredOutcome failed(RunRequest request, Problem problem) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("request_id", request.id());
        data.put("code", problem.code().id());
        data.put("status", problem.status().name());
        data.put("message", problem.message());
        data.put("field", problem.field().orElse(""));
        data.put("limit", problem.limit().orElse(""));
        return outcome(
                Kind.FAILED,
                request.key(),
                request.id(),
                request.source(),
                Optional.of(request.body()),
                utf8(data),
                List.of());
    }

    /** The outcome of a request that was cancelled, perhaps before it came. */
    public StoredOutcome cancelled(RequestKey key, String requestId, String requestSource) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("request_id", requestId);
        return outcome(Kind.CANCELLED, key, requestId, requestSource, Optional.empty(), utf8(data), List.of());
    }

    private StoredOutcome outcome(
            Kind kind,
            RequestKey key,
            String requestId,
            String requestSource,
            Optional<Digest> body,
            byte[] data,
            List<Digest> artifacts) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", key.hex());
        attributes.put("source", issuer.source());
        attributes.put("type", "io.atelier." + issuer.kind() + "." + kind.name().toLowerCase(Locale.ROOT) + ".v1");
        attributes.put("time", now.toString());
        attributes.put("datacontenttype", "application/json");
        attributes.put("requestid", requestId);
        attributes.put("requestsource", requestSource);
        attributes.put("dataref", issuer.baseUrl() + "/outcomes/" + key.hex());
        return new StoredOutcome(
                key, kind, requestId, requestSource, body, Map.copyOf(attributes), data, artifacts, now);
    }

    private static byte[] utf8(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
