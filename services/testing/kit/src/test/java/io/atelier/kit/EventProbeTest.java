package io.atelier.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventProbeTest {
    private static final KafkaResource KAFKA = new KafkaResource();
    private static String bootstrapServers = "";

    @BeforeAll
    static void startBroker() {
        bootstrapServers = KAFKA.start().getOrDefault("kafka.bootstrap.servers", "");
    }

    @AfterAll
    static void stopBroker() {
        KAFKA.stop();
    }

    @Test
    void collectsWhatLiesOnItsTopicsWithKeyHeadersAndValue() {
        try (EventProbe probe = EventProbe.on(bootstrapServers, "atelier.image.results", "atelier.image.dead-letter")) {
            byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
            probe.send("atelier.image.results", "k1", Map.of("ce_type", "a", "ce_id", "1"), value);
            probe.send("atelier.image.dead-letter", Map.of(), "bad");

            List<Event> all = probe.await(2, Duration.ofSeconds(20), event -> true);

            assertThat(all).extracting(Event::topic).contains("atelier.image.results", "atelier.image.dead-letter");
            Event result = probe.seen("atelier.image.results").getFirst();
            assertThat(result.key()).isEqualTo("k1");
            assertThat(result.type()).hasValue("a");
            assertThat(result.text()).isEqualTo("{}");
        }
    }
}
