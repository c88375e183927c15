package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventReaderTest {
    private static final Map<String, String> STRUCTURED = Map.of("content-type", "application/cloudevents+json");

    @Test
    void headerNamesAreTakenWithoutRegardToCase() {
        CloudEvent event =
                read(Map.of("CE_Type", "t", "Ce_Id", "i", "ce_SOURCE", "s", "Content-Type", "text/json"), "{}");
        assertThat(event.type()).isEqualTo("t");
        assertThat(event.id()).isEqualTo("i");
        assertThat(event.source()).isEqualTo("s");
        assertThat(event.contentType()).isEqualTo("text/json");
    }

    @Test
    void idAndSourceDeriveFromTheRecordsPlace() {
        CloudEvent event = read(Map.of("ce_type", "t"), "{}");
        assertThat(event.id()).isEqualTo("3-42");
        assertThat(event.source()).isEqualTo("kafka:topic");
        assertThat(event.contentType()).isEqualTo("application/json");
    }

    @Test
    void extensionsAndATraceOfTheTransportAreKept() {
        CloudEvent event =
                read(Map.of("ce_type", "t", "ce_expirytime", "then", "traceparent", "trace", "other", "x"), "");
        assertThat(event.extensions()).isEqualTo(Map.of("expirytime", "then", "traceparent", "trace"));
    }

    @Test
    void structuredDataComesOutAsItWentIn() {
        CloudEvent event = read(
                STRUCTURED,
                "{\"type\":\"t\",\"id\":\"i\",\"source\":\"s\",\"data\":{\"seed\":9007199254740993,\"x\":0.10}}");
        assertThat(text(event)).isEqualTo("{\"seed\":9007199254740993,\"x\":0.10}");
    }

    @Test
    void structuredDataMayBeBase64() {
        CloudEvent event = read(
                STRUCTURED,
                "{\"type\":\"t\",\"datacontenttype\":\"application/protobuf\",\"data_base64\":\"AAEC\",\"flag\":true}");
        assertThat(event.data()).containsExactly(0, 1, 2);
        assertThat(event.contentType()).isEqualTo("application/protobuf");
        assertThat(event.extensions()).containsEntry("flag", "true");
    }

    @Test
    void aTombstoneWithATypeHasNoData() {
        ConsumerRecord<byte[], byte[]> tombstone = message(Map.of("ce_type", "t"), new byte[0]);
        assertThat(CloudEventReader.read(tombstone).data()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"type\":\"t\"",
                "{\"type\":\"t\"} {}",
                "{\"type\":\"t\",\"type\":\"u\"}",
                "{\"type\":{}}",
                "{\"id\":\"no type\"}",
                "{\"type\":\"t\",\"id\":\"\"}",
                "{\"type\":\"t\",\"specversion\":\"0.3\"}",
                "{\"type\":\"t\",\"data\":1,\"data_base64\":\"AAEC\"}",
                "{\"type\":\"t\",\"data_base64\":\"***\"}"
            })
    void whatIsNoStructuredEventIsNoEnvelope(String value) {
        assertNoEnvelope(() -> read(STRUCTURED, value));
    }

    @Test
    void batchesAndOtherFormatsAreNoEnvelope() {
        assertNoEnvelope(() -> read(Map.of("content-type", "application/cloudevents-batch+json"), "[]"));
        assertNoEnvelope(() -> read(Map.of("content-type", "application/cloudevents+avro"), ""));
    }

    @Test
    void envelopesAreBounded() {
        assertNoEnvelope(() -> read(Map.of("ce_type", "t", "ce_id", "x".repeat(257)), "{}"));
        assertNoEnvelope(() -> read(Map.of("ce_type", "t", "ce_source", "x".repeat(1025)), "{}"));
        assertNoEnvelope(() -> read(Map.of("ce_type", "t", "x", "x".repeat(33_000)), "{}"));
        ConsumerRecord<byte[], byte[]> many = message(Map.of("ce_type", "t"), new byte[0]);
        for (int i = 0; i < 64; i++) {
            many.headers().add("h" + i, new byte[0]);
        }
        assertNoEnvelope(() -> CloudEventReader.read(many));
    }

    private static void assertNoEnvelope(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.NO_ENVELOPE));
    }

    private static CloudEvent read(Map<String, String> headers, String value) {
        return CloudEventReader.read(message(headers, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static ConsumerRecord<byte[], byte[]> message(Map<String, String> headers, byte[] value) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("topic", 3, 42, new byte[0], value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    private static String text(CloudEvent event) {
        return new String(event.data(), StandardCharsets.UTF_8);
    }
}
