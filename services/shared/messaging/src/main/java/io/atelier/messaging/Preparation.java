package io.atelier.messaging;

import io.atelier.artifacts.runs.Prepared;
import io.atelier.artifacts.runs.RequestHandler;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Turns an event into a request, and tells poison from what is merely unfit (P6): poison is thrown, the unfit becomes a
 * work that fails with its problem, so that it ends in an outcome like any other.
 */
final class Preparation {
    private final RequestHandler handler;

    Preparation(RequestHandler handler) {
        this.handler = handler;
    }

    /**
     * Decodes a request.
     *
     * @throws ProblemException for poison: {@code UNKNOWN_TYPE} or {@code UNDECODABLE}
     */
    Prepared prepare(CloudEvent event) {
        if (!handler.types().contains(event.type())) {
            throw Problem.field(
                            ErrorCode.UNKNOWN_TYPE,
                            "type",
                            String.join(", ", handler.types().stream().sorted().toList()),
                            "No service here handles events of type " + event.type() + ".")
                    .exception();
        }
        Optional<Problem> refusal = refusal(event);
        try {
            Prepared decoded = handler.decode(event.type(), event.contentType(), event.data());
            return refusal.map(problem -> failing(decoded.body(), problem)).orElse(decoded);
        } catch (ProblemException e) {
            if (refusal.isEmpty() && e.problem().code() == ErrorCode.UNDECODABLE) {
                throw e;
            }
            // No canonical form exists, so the bytes as they came stand for the body.
            return failing(event.data(), refusal.orElse(e.problem()));
        } catch (RuntimeException | Error e) {
            Problem fault = Problem.of(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning());
            return new Prepared(event.data(), context -> {
                throw fault.exception(e);
            });
        }
    }

    /** The request with the earlier of its own expiry and the limit as its deadline. */
    RunRequest request(CloudEvent event, byte[] body, Deadline limit) {
        Deadline deadline = Deadline.of(expiry(event)).earlier(limit);
        return RunRequest.of(
                handler.kind(), RequestKey.Entrance.KAFKA, event.source(), event.id(), event.type(), body, deadline);
    }

    private static Optional<Problem> refusal(CloudEvent event) {
        if (event.extension(CloudEvent.DATA_REF).isPresent()) {
            return Optional.of(Problem.field(
                    ErrorCode.DATAREF_REFUSED,
                    CloudEvent.DATA_REF,
                    "absent",
                    "A request carries its data, or names stored inputs by artifact_id; a dataref is not followed."));
        }
        if (event.extension(CloudEvent.EXPIRY_TIME).isPresent() && expiry(event).isEmpty()) {
            return Optional.of(Problem.field(
                    ErrorCode.WRONG_TYPE,
                    CloudEvent.EXPIRY_TIME,
                    "RFC 3339",
                    "The expirytime is no RFC 3339 timestamp such as 2026-01-31T12:00:00Z."));
        }
        return Optional.empty();
    }

    private static Optional<Instant> expiry(CloudEvent event) {
        try {
            return event.extension(CloudEvent.EXPIRY_TIME)
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Prepared failing(byte[] body, Problem problem) {
        return new Prepared(body, context -> {
            throw problem.exception();
        });
    }
}
