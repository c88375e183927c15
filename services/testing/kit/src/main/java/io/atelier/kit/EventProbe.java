package io.atelier.kit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Sends records and collects all that lie on some topics, from the first on, with plain Kafka clients. Keeps everything
 * in memory: for tests.
 */
public final class EventProbe implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long SEND_SECONDS = 30;

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean closed;

    private EventProbe(String bootstrapServers, Set<String> topics) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(topics.stream().flatMap(this::partitions).toList());
        reader = Thread.ofPlatform().daemon().name("event-probe").start(this::read);
    }

    /** Watches the topics, which must exist. */
    public static EventProbe on(String bootstrapServers, String... topics) {
        return new EventProbe(bootstrapServers, Set.of(topics));
    }

    /** Sends a record without a key and waits for the broker's acknowledgement. */
    public RecordMetadata send(String topic, Map<String, String> headers, String value) {
        return send(topic, null, headers, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a record and waits for the broker's acknowledgement. */
    public RecordMetadata send(String topic, @Nullable String key, Map<String, String> headers, byte[] value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, keyBytes, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            return producer.send(record).get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The broker did not take the record", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What has been seen so far that fits, in order of arrival. */
    public List<Event> seen(Predicate<Event> fits) {
        return seen.stream().filter(fits).toList();
    }

    public List<Event> seen(String topic) {
        return seen(event -> event.topic().equals(topic));
    }

    /** Waits until as many events as asked for fit, and returns all that fit then. */
    public List<Event> await(int count, Duration timeout, Predicate<Event> fits) {
        return Awaitility.await()
                .atMost(timeout)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> seen(fits), found -> found.size() >= count);
    }

    /** Waits for the first event that fits. */
    public Event awaitOne(Duration timeout, Predicate<Event> fits) {
        return await(1, timeout, fits).getFirst();
    }

    @Override
    public void close() {
        closed = true;
        producer.close(Duration.ofSeconds(5));
        try {
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stream<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition()));
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    seen.add(event(record));
                }
            }
        }
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return new Event(record.topic(), record.partition(), record.offset(), text(record.key()), headers, value);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
