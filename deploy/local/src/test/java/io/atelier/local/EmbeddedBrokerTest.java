package io.atelier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final String TOPIC = "atelier.image.requests";

    @TempDir
    Path folder;

    @Test
    void restartOnTheSameFolderAndPortsKeepsRecordsAndTopics() throws Exception {
        int port;
        int controllerPort;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            port = broker.port();
            controllerPort = broker.controllerPort();
            Topics.create(broker.bootstrapServers(), Topics.of(List.of("image")));
            send(broker, "first");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port, controllerPort)) {
            Topics.create(broker.bootstrapServers(), Topics.of(List.of("image")));
            send(broker, "second");

            assertThat(received(broker, 2)).containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    void topicsHaveTheirPartitionsAndRetention() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            Topics.create(broker.bootstrapServers(), Topics.of(List.of("image")));

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get())
                        .containsExactlyInAnyOrder(
                                "atelier.image.requests",
                                "atelier.image.results",
                                "atelier.image.progress",
                                "atelier.image.dead-letter",
                                "atelier.cancellations",
                                "atelier.models");
                assertThat(setting(admin, TOPIC, "retention.ms"))
                        .isEqualTo(Long.toString(Duration.ofDays(3).toMillis()));
                assertThat(setting(admin, "atelier.image.results", "retention.ms"))
                        .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
                assertThat(setting(admin, "atelier.models", "cleanup.policy")).isEqualTo("compact");
                assertThat(partitions(admin)).isEqualTo(6);
            }
        }
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = Objects.requireNonNull(
                admin.describeConfigs(List.of(resource)).all().get().get(resource));
        return config.get(name).value();
    }

    private static int partitions(Admin admin) throws Exception {
        var described = admin.describeTopics(List.of(TOPIC)).allTopicNames().get();
        return Objects.requireNonNull(described.get(TOPIC)).partitions().size();
    }

    private static void send(EmbeddedBroker broker, String value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
        }
    }

    private static List<String> received(EmbeddedBroker broker, int count) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(TOPIC).stream()
                    .map(info -> new TopicPartition(TOPIC, info.partition()))
                    .toList();
            consumer.assign(all);
            for (int polls = 0; polls < 100 && values.size() < count; polls++) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
