package io.atelier.messaging;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A record about models makes the service look. */
@QuarkusTest
class HintsTest extends DeliveryFixture {
    @Inject
    CountedHints hints;

    @Test
    void anyRecordAboutModelsIsAHint() {
        byte[] anything = "anything".getBytes(StandardCharsets.UTF_8);
        // The service reads from the topic's end, so what comes before it has a position is not for it.
        await().atMost(SOON).until(() -> {
            probe.send("atelier.models", "tiny", Map.of(), anything);
            return hints.count() > 0;
        });
    }
}
