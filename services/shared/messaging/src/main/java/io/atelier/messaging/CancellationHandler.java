package io.atelier.messaging;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Cancels the request that a record of the cancellations topic names. Handling one twice does no harm. A malformed one
 * is counted and logged: there is nobody to answer.
 */
final class CancellationHandler {
    private static final System.Logger LOG = System.getLogger(CancellationHandler.class.getName());
    private static final int MAX_KIND = 16;

    private final String kind;
    private final CancellationDecoder decoder;
    private final Desk desk;
    private final StoreGate gate;
    private final MessagingMeters meters;

    CancellationHandler(String kind, CancellationDecoder decoder, Desk desk, StoreGate gate, MessagingMeters meters) {
        this.kind = kind;
        this.decoder = decoder;
        this.desk = desk;
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
            CancellationDecoder.Target target = decoder.decode(event.contentType(), event.data());
            if (EnvelopeLimits.checked("kind", target.kind(), MAX_KIND).equals(kind)) {
                cancel(
                        EnvelopeLimits.checked("source", target.source(), EnvelopeLimits.MAX_SOURCE),
                        EnvelopeLimits.checked("id", target.id(), EnvelopeLimits.MAX_ID));
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
        Optional<StoredOutcome> stored = gate.pass(() -> desk.cancel(key, id, source));
        boolean struck = stored.filter(outcome -> outcome.kind() == StoredOutcome.Kind.CANCELLED)
                .isPresent();
        meters.cancellation(struck ? "cancelled" : "late");
    }
}
