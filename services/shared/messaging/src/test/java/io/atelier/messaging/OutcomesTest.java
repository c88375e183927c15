package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.Recording;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.RequestKey;
import io.atelier.kit.Event;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Every accepted request ends in one outcome, under one id and with one body (P1, P2). */
@QuarkusTest
class OutcomesTest extends DeliveryFixture {
    @Test
    void fiveEqualRequestsYieldOneOutcomeAndTheSameEventEachTime() {
        String id = fresh();
        for (int i = 0; i < 5; i++) {
            send(id, Map.of(), "{\"script\":\"five-" + id + "\",\"text\":\"once\"}");
        }
        List<Event> events = probe.await(5, SOON, answers(id));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.value()).isEqualTo(events.getFirst().value());
            assertThat(event.headers()).isEqualTo(events.getFirst().headers());
            assertThat(event.key()).isEqualTo(key(id).hex());
        });
        assertThat(events.getFirst().headers())
                .containsEntry("ce_type", "io.atelier.image.completed.v1")
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", key(id).hex())
                .containsEntry("ce_requestsource", "/test")
                .containsEntry("ce_dataref", "http://127.0.0.1:8081/outcomes/" + key(id).hex())
                .containsEntry("content-type", "application/json")
                .containsKey("ce_time");
    }

    @Test
    void aTypeAndAJsonValueAreEnough() {
        var sent = probe.send(REQUESTS, Map.of("ce_type", ScriptedHandler.TYPE), "{\"text\":\"kcat\"}");
        Event event = probe.awaitOne(SOON, e -> e.text().contains("kcat"));
        assertThat(event.headers())
                .containsEntry("ce_requestid", sent.partition() + "-" + sent.offset())
                .containsEntry("ce_requestsource", "kafka:" + REQUESTS);
    }

    @Test
    void structuredEventsAreServedToo() {
        String id = fresh();
        probe.send(
                REQUESTS,
                Map.of("Content-Type", "application/cloudevents+json; charset=utf-8"),
                "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/test\",\"type\":\"" + ScriptedHandler.TYPE
                        + "\",\"data\":{\"text\":\"structured\"}}");
        assertThat(probe.awaitOne(SOON, answers(id)).text()).contains("structured");
    }

    @Test
    void anotherBodyUnderTheSameIdIsAConflictAndTheFirstOutcomeStands() {
        String id = fresh();
        send(id, Map.of(), "{\"text\":\"first\"}");
        Event first = probe.awaitOne(SOON, answers(id));
        send(id, Map.of(), "{\"text\":\"second\"}");
        Event dead = probe.awaitOne(SOON, dead(id));
        assertThat(dead.headers()).containsEntry(DeadLetters.CODE, ErrorCode.REQUEST_CONFLICT.id());
        send(id, Map.of(), " { \"text\" : \"first\" } ");
        assertThat(probe.await(2, SOON, answers(id)))
                .allSatisfy(event -> assertThat(event.value()).isEqualTo(first.value()));
    }

    @Test
    void anOutcomePutBeforeACrashIsSentWithoutWorkingAgain() {
        String id = fresh();
        String body = Map.of("script", "crash-" + id).toString();
        StoredOutcome put = runs.execute(
                        RunRequest.of(
                                "image",
                                RequestKey.Entrance.KAFKA,
                                "/test",
                                id,
                                ScriptedHandler.TYPE,
                                body.getBytes(StandardCharsets.UTF_8),
                                Deadline.NEVER),
                        Recording.RESULTS_AND_FAILURES,
                        new Cancellation(),
                        (done, total) -> {},
                        context -> ScriptedHandler.echo(context, "from the process that died"))
                .outcome();
        send(id, Map.of(), "{\"script\":\"crash-" + id + "\"}");
        Event event = probe.awaitOne(SOON, answers(id));
        assertThat(event.value()).isEqualTo(put.data());
        assertThat(event.headers()).containsEntry("ce_time", put.attributes().get("time"));
        assertThat(handler.runs("crash-" + id)).isZero();
    }

    @Test
    void aRebalanceDuringAJobYieldsOneOutcome() throws InterruptedException {
        String id = fresh();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        handler.script("moved-" + id, context -> {
            started.countDown();
            await().atMost(SOON).until(() -> release.getCount() == 0);
            return ScriptedHandler.echo(context, Instant.now().toString());
        });
        send(id, Map.of(), "{\"script\":\"moved-" + id + "\"}");
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        try (KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        "atelier.image",
                        "enable.auto.commit",
                        false,
                        "partition.assignment.strategy",
                        CooperativeStickyAssignor.class.getName()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            other.subscribe(List.of(REQUESTS));
            await().atMost(SOON).until(() -> {
                other.poll(Duration.ofMillis(100));
                return !other.assignment().isEmpty();
            });
        }
        release.countDown();
        String again = fresh();
        send(again, Map.of(), "{\"text\":\"after the rebalance\"}");
        probe.awaitOne(SOON, answers(again));
        send(id, Map.of(), "{\"script\":\"moved-" + id + "\"}");
        List<Event> events = probe.await(2, SOON, answers(id));
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(event.value()).isEqualTo(events.getFirst().value()));
    }

    @Test
    void aTraceIsContinued() {
        String id = fresh();
        send(id, Map.of("ce_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), "{}");
        assertThat(probe.awaitOne(SOON, answers(id)).headers().get("ce_traceparent"))
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-");
    }

    @Test
    void progressIsReported() {
        String id = fresh();
        handler.script("steps-" + id, context -> {
            context.progress().report(1, 2);
            return ScriptedHandler.echo(context, "done");
        });
        send(id, Map.of(), "{\"script\":\"steps-" + id + "\"}");
        Event progress = probe.awaitOne(
                SOON,
                event -> event.topic().equals(PROGRESS)
                        && id.equals(event.headers().get("ce_requestid")));
        assertThat(progress.text()).isEqualTo("{\"request_id\":\"" + id + "\",\"progress\":{\"done\":1,\"total\":2}}");
    }
}
