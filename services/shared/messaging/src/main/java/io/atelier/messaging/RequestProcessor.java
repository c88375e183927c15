package io.atelier.messaging;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.Ended;
import io.atelier.artifacts.runs.Prepared;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.MDC;

/** Brings one request record to its outcome's event or to the dead letters. Blocking; thread-safe. */
final class RequestProcessor {
    private static final System.Logger LOG = System.getLogger(RequestProcessor.class.getName());

    private final Preparation preparation;
    private final Desk desk;
    private final StoreGate gate;
    private final Delivery delivery;
    private final DeadLetters deadLetters;
    private final ProgressReports progress;
    private final Traces traces;
    private final MessagingMeters meters;
    private final Duration jobLimit;
    private final InstantSource clock;

    RequestProcessor(
            Preparation preparation,
            Desk desk,
            StoreGate gate,
            Delivery delivery,
            DeadLetters deadLetters,
            ProgressReports progress,
            Traces traces,
            MessagingMeters meters,
            Duration jobLimit,
            InstantSource clock) {
        this.preparation = preparation;
        this.desk = desk;
        this.gate = gate;
        this.delivery = delivery;
        this.deadLetters = deadLetters;
        this.progress = progress;
        this.traces = traces;
        this.meters = meters;
        this.jobLimit = jobLimit;
        this.clock = clock;
    }

    /** Answers whether the record may be acknowledged; one that may not is left to whoever reads it next. */
    boolean process(ConsumerRecord<byte[], byte[]> message) {
        try {
            try {
                CloudEvent event = CloudEventReader.read(message);
                traced(message, event, preparation.prepare(event));
            } catch (ProblemException e) {
                if (e.problem().code() == ErrorCode.SHUTTING_DOWN) {
                    return false;
                }
                deadLetters.setAside(message, e.problem());
            } catch (RecordTooLargeException e) {
                deadLetters.setAside(
                        message, Problem.of(ErrorCode.TOO_LARGE, "The outcome's event is too large for the broker."));
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "a record of " + message.topic() + " is set aside", e);
                deadLetters.setAside(message, Problem.of(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning()));
            }
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private void traced(ConsumerRecord<byte[], byte[]> message, CloudEvent event, Prepared prepared) {
        Span span = traces.process(event, message.topic());
        MDC.put("requestId", event.id());
        if (span.getSpanContext().isValid()) {
            MDC.put("traceId", span.getSpanContext().getTraceId());
            MDC.put("spanId", span.getSpanContext().getSpanId());
        }
        try (Scope _ = span.makeCurrent()) {
            serve(event, prepared);
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR);
            span.recordException(e);
            throw e;
        } finally {
            span.end();
            MDC.clear();
        }
    }

    private void serve(CloudEvent event, Prepared prepared) {
        Instant taken = clock.instant();
        Optional<Ended> ended = gate.pass(() -> {
            // The limit counts from here: an outage of the store is not the request's fault.
            RunRequest request = preparation.request(event, prepared.body(), Deadline.after(jobLimit, clock));
            return desk.serve(request, progress.of(request), prepared.work());
        });
        ended.ifPresent(known -> tell(known, prepared, taken));
    }

    private void tell(Ended ended, Prepared prepared, Instant taken) {
        StoredOutcome outcome = ended.outcome();
        if (!ended.replayed()) {
            prepared.work().ended(outcome.kind());
        }
        delivery.deliver(new OutgoingEvent(
                OutgoingEvent.Channel.RESULTS,
                outcome.key().hex().getBytes(StandardCharsets.UTF_8),
                outcome.data(),
                EventHeaders.of(outcome.attributes(), Traces.carried())));
        meters.delivered(outcome.kind(), ended.replayed(), Duration.between(taken, clock.instant()));
    }
}
