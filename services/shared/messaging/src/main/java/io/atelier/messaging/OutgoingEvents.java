package io.atelier.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends events for which no record waits. */
@ApplicationScoped
public class OutgoingEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Postbox postbox;

    OutgoingEvents(Postbox postbox) {
        this.postbox = postbox;
    }

    /**
     * Sends an event in binary mode and returns once the broker has it; throws when it has not within half a minute.
     *
     * @param attributes CloudEvents attributes by name, with specversion
     */
    public void send(String topic, String key, Map<String, String> attributes, byte[] data) {
        postbox.post(new OutgoingEvent(
                        OutgoingEvent.Channel.RESULTS,
                        Optional.of(topic),
                        key.getBytes(StandardCharsets.UTF_8),
                        data,
                        EventHeaders.of(attributes, Map.of())))
                .await()
                .atMost(PATIENCE);
    }
}
