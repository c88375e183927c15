package io.atelier.cli.models;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.atelier.cli.Broker;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelChanges;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.proto.events.v1.ModelChangedEvent;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Tells services that the repository has changed, so that they look at once instead of at their next look. The change
 * itself is made already: a broker that does not answer costs a few seconds and one line, nothing else.
 */
public final class ModelHints {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Broker broker;
    private final Consumer<String> notice;

    /**
     * Hints for a broker.
     *
     * @param notice takes the line that says why services were not told
     */
    public ModelHints(Broker broker, Consumer<String> notice) {
        this.broker = broker;
        this.notice = notice;
    }

    /** Tells which version of a model is promoted now; nothing when none is. */
    public void tell(ModelRepository models, ModelName name) {
        try {
            models.promotion(name)
                    .map(now -> models.manifest(new ModelRef(name, OptionalLong.of(now.version()))))
                    .ifPresent(this::send);
        } catch (ProblemException e) {
            skipped(e.problem().message());
        } catch (UncheckedIOException e) {
            skipped(String.valueOf(e.getMessage()));
        }
    }

    private void send(ModelManifest promoted) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(event(promoted)).get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | KafkaException e) {
            skipped(reason(e));
        } catch (TimeoutException e) {
            skipped("it does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            skipped("interrupted");
        }
    }

    /** Each wait is bounded: for the topic's partitions, for the broker's answer, and for both together. */
    private Map<String, Object> settings() {
        int patience = (int) PATIENCE.toMillis();
        return broker.client(Map.of(
                "linger.ms", 0,
                "max.block.ms", patience,
                "request.timeout.ms", patience,
                "delivery.timeout.ms", patience));
    }

    private static ProducerRecord<String, byte[]> event(ModelManifest promoted) {
        ProducerRecord<String, byte[]> event =
                new ProducerRecord<>(ModelChanges.TOPIC, promoted.name().value(), data(promoted));
        Map<String, String> headers = Map.of(
                "ce_specversion",
                "1.0",
                "ce_type",
                ModelChanges.TYPE,
                "ce_source",
                "/atelier/cli",
                "ce_id",
                UUID.randomUUID().toString(),
                "ce_time",
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                "content-type",
                "application/json");
        headers.forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    private static byte[] data(ModelManifest promoted) {
        try {
            return JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .alwaysPrintFieldsWithNoPresence()
                    .omittingInsignificantWhitespace()
                    .print(ModelChangedEvent.newBuilder()
                            .setName(promoted.name().value())
                            .setVersion(promoted.version())
                            .setDigest(promoted.digest().hex()))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("only Any can fail to print, and this message has none", e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    private void skipped(String reason) {
        notice.accept("The broker " + broker.address() + " could not be told (" + reason
                + "); services find the change at their next look.");
    }
}
