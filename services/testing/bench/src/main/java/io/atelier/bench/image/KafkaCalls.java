package io.atelier.bench.image;

import io.atelier.bench.ClosedLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Asks the service by events and waits for each completed event; no two ask for the same picture. */
final class KafkaCalls implements ClosedLoop.Call, AutoCloseable {
    private static final String REQUESTS = "atelier.image.requests";
    private static final String RESULTS = "atelier.image.results";
    private static final long FIRST_SEED = 2L << 32; // apart from the seeds of the other loops
    private static final int PATIENCE_SECONDS = 60;

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong seeds = new AtomicLong(FIRST_SEED);
    private final Thread reader;
    private volatile boolean closed;

    KafkaCalls(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = consumer.partitionsFor(RESULTS).stream()
                .map(info -> new TopicPartition(RESULTS, info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
        reader = Thread.ofPlatform().daemon().name("bench-results").start(this::read);
    }

    @Override
    public void run() throws InterruptedException {
        String id = UUID.randomUUID().toString();
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        producer.send(request(id));
        try {
            String type = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!type.equals("io.atelier.image.completed.v1")) {
                throw new IllegalStateException("A request was answered by " + type);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("A request was not answered", e);
        } finally {
            waiting.remove(id);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        producer.close(Duration.ofSeconds(5));
        reader.join(Duration.ofSeconds(10));
    }

    private ProducerRecord<byte[], byte[]> request(String id) {
        String data = "{\"model\":\"%s\",\"label\":\"%s\",\"seed\":\"%d\"}"
                .formatted(BenchModel.NAME, BenchModel.LABEL, seeds.incrementAndGet());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(REQUESTS, bytes(data));
        record.headers()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_type", bytes("io.atelier.image.generate.v1"))
                .add("ce_source", bytes("/atelier/bench"))
                .add("ce_id", bytes(id));
        return record;
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    CompletableFuture<String> answer = waiting.get(header(record, "ce_requestid"));
                    if (answer != null) {
                        answer.complete(header(record, "ce_type"));
                    }
                }
            }
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
