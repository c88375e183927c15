package io.atelier.messaging;

import io.atelier.artifacts.runs.Runs;
import io.atelier.kernel.RequestKey;
import io.atelier.kit.Event;
import io.atelier.kit.EventProbe;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A service with a scripted handler, a real broker, and a stranger who sends records and reads the answers. */
@QuarkusTestResource(BrokerResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryFixture {
    static final Duration SOON = Duration.ofSeconds(20);
    static final String REQUESTS = "atelier.image.requests";
    static final String RESULTS = "atelier.image.results";
    static final String DEAD = "atelier.image.dead-letter";
    static final String PROGRESS = "atelier.image.progress";
    static final String CANCELLATIONS = "atelier.cancellations";

    @Inject
    ScriptedHandler handler;

    @Inject
    Store store;

    @Inject
    Runs runs;

    @SuppressWarnings("NullAway.Init") // injected by the resource
    BrokerResource broker;

    @SuppressWarnings("NullAway.Init")
    EventProbe probe;

    @BeforeAll
    void watch() {
        probe = EventProbe.on(broker.bootstrapServers(), RESULTS, DEAD, PROGRESS);
    }

    @AfterEach
    void giveTheStoreBack() {
        store.giveBack();
    }

    @AfterAll
    void stopWatching() {
        probe.close();
    }

    static String fresh() {
        return UUID.randomUUID().toString();
    }

    static RequestKey key(String id) {
        return RequestKey.of("image", RequestKey.Entrance.KAFKA, "/test", id);
    }

    void send(String id, Map<String, String> headers, String json) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("ce_type", ScriptedHandler.TYPE);
        all.put("ce_specversion", "1.0");
        all.put("ce_id", id);
        all.put("ce_source", "/test");
        probe.send(REQUESTS, all, json);
    }

    void cancel(String id) {
        probe.send(
                CANCELLATIONS,
                Map.of("ce_type", EventTypes.CANCEL),
                "{\"kind\":\"image\",\"source\":\"/test\",\"id\":\"" + id + "\"}");
    }

    static Predicate<Event> answers(String id) {
        return event ->
                event.topic().equals(RESULTS) && id.equals(event.headers().get("ce_requestid"));
    }

    static Predicate<Event> dead(String id) {
        return event -> event.topic().equals(DEAD) && id.equals(event.headers().get("ce_id"));
    }
}
