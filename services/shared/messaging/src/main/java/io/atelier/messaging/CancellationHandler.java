package io.atelier.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.Runs;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Cancels the request that a record of the cancellations topic names. Handling one twice does no harm. A malformed one
 * is counted and logged: there is nobody to answer.
 */
final class CancellationHandler {
    private static final System.Logger LOG = System.getLogger(CancellationHandler.class.getName());
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();

    private final String kind;
    private final Runs runs;
    private final StoreGate gate;
    private final MessagingMeters meters;

    CancellationHandler(String kind, Runs runs, StoreGate gate, MessagingMeters meters) {
        this.kind = kind;
        this.runs = runs;
        this.gate = gate;
        this.meters = meters;
    }

    /** Answers whether the record may be acknowledged: not while its outcome could not be put. */
    boolean handle(ConsumerRecord<byte[], byte[]> message) {
        try {
            CloudEvent event = CloudEventReader.read(message);
            if (!event.type().equals(EventTypes.CANCEL)) {
                throw EnvelopeLimits.refused(
                        "type", EventTypes.CANCEL, "A cancellation has the type " + EventTypes.CANCEL + ".");
            }
            JsonNode data = parse(event);
            if (text(data, "kind", 16).equals(kind)) {
                cancel(text(data, "source", EnvelopeLimits.MAX_SOURCE), text(data, "id", EnvelopeLimits.MAX_ID));
            }
            return true;
        } catch (ProblemException e) {
            if (e.problem().code() == ErrorCode.SHUTTING_DOWN) {
                return false;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "malformed cancellation at {0}-{1}@{2}: {3}",
                    message.topic(),
                    message.partition(),
                    Long.toString(message.offset()),
                    e.problem().message());
            meters.cancellation("malformed");
            return true;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a cancellation could not be handled", e);
            meters.cancellation("failed");
            return true;
        }
    }

    private void cancel(String source, String id) {
        RequestKey key = RequestKey.of(kind, RequestKey.Entrance.KAFKA, source, id);
        StoredOutcome stored = gate.pass(() -> runs.cancel(key, id, source));
        meters.cancellation(stored.kind() == StoredOutcome.Kind.CANCELLED ? "cancelled" : "late");
    }

    private static JsonNode parse(CloudEvent event) {
        try {
            if (StructuredMode.isJson(event.contentType())) {
                return JSON.readTree(event.data());
            }
        } catch (IOException e) {
            throw Problem.of(ErrorCode.UNDECODABLE, "The data is no JSON.").exception(e);
        }
        throw Problem.of(ErrorCode.UNDECODABLE, "A cancellation's data is JSON.")
                .exception();
    }

    private static String text(JsonNode data, String name, int max) {
        JsonNode value = data.path(name);
        if (!value.isTextual()) {
            throw EnvelopeLimits.refused(name, "1.." + max + " characters", "The cancellation has no " + name + ".");
        }
        return EnvelopeLimits.checked(name, value.asText(), max);
    }
}
