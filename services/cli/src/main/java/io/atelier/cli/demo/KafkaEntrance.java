package io.atelier.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.atelier.cli.CommandException;
import io.atelier.proto.image.v1.GenerateImageResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Asks the way a stranger would: a JSON value with CloudEvents headers, and plain Kafka clients. */
final class KafkaEntrance implements AutoCloseable {
    private static final String REQUESTS = "atelier.image.requests";
    private static final String RESULTS = "atelier.image.results";
    private static final String SOURCE = "/atelier/demo";
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration patience;

    KafkaEntrance(String bootstrapServers, Duration patience) {
        this.patience = patience;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        watchFromNow();
    }

    /** Sends a request event and waits for its completed event. */
    GenerateImageResult generate(String model, String label, int count, long seed, int size)
            throws InterruptedException {
        String id = UUID.randomUUID().toString();
        send(id, Map.of("model", model, "label", label, "count", count, "seed", Long.toString(seed), "size", size));
        return read(answer(id));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }

    private void watchFromNow() {
        List<TopicPartition> all = consumer.partitionsFor(RESULTS).stream()
                .map(info -> new TopicPartition(RESULTS, info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(
                consumer::position); // seeking is lazy: without this a quick answer could come before the end is known
    }

    private void send(String id, Map<String, Object> data) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(REQUESTS, json(data));
        Map<String, String> headers = Map.of(
                "ce_specversion", "1.0",
                "ce_type", "io.atelier.image.generate.v1",
                "ce_source", SOURCE,
                "ce_id", id,
                "content-type", "application/json");
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw CommandException.failed("The broker did not take the event: " + e.getMessage());
        }
    }

    private ConsumerRecord<byte[], byte[]> answer(String id) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (header(record, "ce_requestid").equals(Optional.of(id))) {
                    return record;
                }
            }
        }
        throw CommandException.failed("No answer to the event came within " + patience.toSeconds() + " s.");
    }

    private static GenerateImageResult read(ConsumerRecord<byte[], byte[]> record) {
        String type = header(record, "ce_type").orElse("");
        String data = new String(record.value(), StandardCharsets.UTF_8);
        if (!type.equals("io.atelier.image.completed.v1")) {
            throw CommandException.failed("The event was answered by " + type + ": " + data);
        }
        try {
            GenerateImageResult.Builder result = GenerateImageResult.newBuilder();
            JsonFormat.parser().ignoringUnknownFields().merge(data, result);
            return result.build();
        } catch (InvalidProtocolBufferException e) {
            throw CommandException.failed("The event's answer cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static byte[] json(Map<String, Object> data) {
        try {
            return new ObjectMapper().writeValueAsBytes(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
