package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.kit.Event;
import io.atelier.proto.events.v1.CancelEvent;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A cancellation is an outcome, unless there is one already (P4). */
@QuarkusTest
class CancellationsTest extends DeliveryFixture {
    @Test
    void aRequestCancelledBeforeItComesIsNeverWorkedOn() {
        String id = fresh();
        cancel(id);
        await().atMost(SOON).until(() -> store.outcomes().find(key(id)).isPresent());
        send(id, Map.of(), "{\"script\":\"early-" + id + "\"}");
        Event event = probe.awaitOne(SOON, answers(id));
        assertThat(event.type()).contains("io.atelier.image.cancelled.v1");
        assertThat(handler.runs("early-" + id)).isZero();
    }

    @Test
    void aCancellationStopsTheWorkAndIsItsOutcome() throws InterruptedException {
        String id = fresh();
        CountDownLatch started = new CountDownLatch(1);
        handler.script("long-" + id, context -> {
            started.countDown();
            return ScriptedHandler.untilCancelled(context);
        });
        send(id, Map.of(), "{\"script\":\"long-" + id + "\"}");
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        cancel(id);
        Event event = probe.awaitOne(SOON, answers(id));
        assertThat(event.type()).contains("io.atelier.image.cancelled.v1");
        assertThat(event.text()).isEqualTo("{\"request_id\":\"" + id + "\"}");
    }

    @Test
    void aCancellationAfterTheResultChangesNothing() {
        String id = fresh();
        send(id, Map.of(), "{\"text\":\"done\"}");
        Event first = probe.awaitOne(SOON, answers(id));
        cancel(id);
        String other = fresh();
        cancel(other);
        await().atMost(SOON).until(() -> store.outcomes().find(key(other)).isPresent());
        send(id, Map.of(), "{\"text\":\"done\"}");
        assertThat(probe.await(2, SOON, answers(id)))
                .allSatisfy(event -> assertThat(event.value()).isEqualTo(first.value()));
    }

    @Test
    void aCancellationComesAsItsContentTypeSays() {
        String id = fresh();
        byte[] data = CancelEvent.newBuilder()
                .setKind("image")
                .setSource("/test")
                .setId(id)
                .build()
                .toByteArray();
        probe.send(
                CANCELLATIONS,
                null,
                Map.of("ce_type", EventTypes.CANCEL, "content-type", "application/protobuf"),
                data);
        await().atMost(SOON).until(() -> store.outcomes().find(key(id)).isPresent());
    }

    @Test
    void malformedCancellationsDoNoHarm() {
        probe.send(CANCELLATIONS, Map.of(), "nonsense");
        probe.send(CANCELLATIONS, Map.of("ce_type", EventTypes.CANCEL), "{\"kind\":7}");
        String id = fresh();
        cancel(id);
        await().atMost(SOON).until(() -> store.outcomes().find(key(id)).isPresent());
    }
}
