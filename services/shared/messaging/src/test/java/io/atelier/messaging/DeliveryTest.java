package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.Recording;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.artifacts.runs.Runs;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import io.atelier.kit.Event;
import io.atelier.kit.EventProbe;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeliveryTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SLOTS = 4;
    private static final String REQUESTS = "atelier.image.requests";
    private static final String RESULTS = "atelier.image.results";
    private static final String DEAD = "atelier.image.dead-letter";
    private static final String PROGRESS = "atelier.image.progress";
    private static final String CANCELLATIONS = "atelier.cancellations";

    @Inject
    ScriptedHandler handler;

    @Inject
    Store store;

    @Inject
    Runs runs;

    @Inject
    MessagingLifecycle lifecycle;

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
    void poisonIsSetAsideWithItsReasonAndTheNextRequestIsServed() {
        String id = fresh();
        Map<String, String> headers =
                Map.of("ce_type", ScriptedHandler.TYPE, "ce_id", id, "ce_source", "/test", "x-own", "mine");
        var sent = probe.send(REQUESTS, "a-key", headers, "{\"text\": cut off".getBytes(StandardCharsets.UTF_8));
        String good = fresh();
        send(good, Map.of(), "{\"text\":\"good\"}");
        probe.awaitOne(SOON, answers(good));
        Event dead = probe.awaitOne(
                SOON, event -> event.topic().equals(DEAD) && event.key().equals("a-key"));
        assertThat(dead.text()).isEqualTo("{\"text\": cut off");
        assertThat(dead.headers())
                .containsAllEntriesOf(headers)
                .containsEntry(DeadLetters.TOPIC, REQUESTS)
                .containsEntry(DeadLetters.PARTITION, Integer.toString(sent.partition()))
                .containsEntry(DeadLetters.OFFSET, Long.toString(sent.offset()))
                .containsEntry(DeadLetters.CODE, ErrorCode.UNDECODABLE.id())
                .containsKey(DeadLetters.REASON)
                .doesNotContainKey("__smallrye_generationId");
        assertThat(probe.seen(answers(id))).isEmpty();
    }

    @Test
    void recordsWithoutAnEnvelopeOrOfAnUnknownTypeAreSetAside() {
        String id = fresh();
        probe.send(REQUESTS, Map.of("x-id", id), "{}");
        probe.send(REQUESTS, Map.of("x-id", id, "ce_type", "io.atelier.image.unknown.v1"), "{}");
        List<Event> dead =
                probe.await(2, SOON, event -> id.equals(event.headers().get("x-id")));
        assertThat(dead)
                .extracting(event -> event.headers().get(DeadLetters.CODE))
                .containsExactlyInAnyOrder(ErrorCode.NO_ENVELOPE.id(), ErrorCode.UNKNOWN_TYPE.id());
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
    void unfitRequestsFailNamingTheField() {
        String id = fresh();
        send(id, Map.of(), "{\"tuxt\":\"typo\"}");
        Event failed = probe.awaitOne(SOON, answers(id));
        assertThat(failed.type()).contains("io.atelier.image.failed.v1");
        assertThat(failed.text())
                .contains("\"field\":\"tuxt\"")
                .contains("\"status\":\"INVALID_ARGUMENT\"")
                .contains(ErrorCode.UNKNOWN_FIELD.id());
    }

    @Test
    void anInboundDatarefIsRefused() {
        String id = fresh();
        send(id, Map.of("ce_dataref", "http://elsewhere/"), "{}");
        assertThat(probe.awaitOne(SOON, answers(id)).text()).contains(ErrorCode.DATAREF_REFUSED.id());
    }

    @Test
    void noWorkStartsOnASpentBudget() {
        String id = fresh();
        send(id, Map.of("ce_expirytime", "2020-01-01T00:00:00Z"), "{\"script\":\"late-" + id + "\"}");
        Event failed = probe.awaitOne(SOON, answers(id));
        assertThat(failed.text()).contains("DEADLINE_EXCEEDED");
        assertThat(handler.runs("late-" + id)).isZero();
    }

    @Test
    void workEndsWhenItsTimeRunsOut() {
        String id = fresh();
        handler.script("slow-" + id, ScriptedHandler::untilCancelled);
        send(id, Map.of("ce_expirytime", Instant.now().plusMillis(700).toString()), "{\"script\":\"slow-" + id + "\"}");
        assertThat(probe.awaitOne(SOON, answers(id)).text()).contains(ErrorCode.DEADLINE.id());
        assertThat(handler.runs("slow-" + id)).isOne();
    }

    @Test
    void whatMayPassIsRetriedUntilItSucceeds() {
        String id = fresh();
        AtomicInteger calls = new AtomicInteger();
        handler.script("busy-" + id, context -> {
            if (calls.incrementAndGet() < 4) {
                throw Problem.of(ErrorCode.OVERLOADED, "Full.").exception();
            }
            return ScriptedHandler.echo(context, "at last");
        });
        send(id, Map.of(), "{\"script\":\"busy-" + id + "\"}");
        Event event = probe.awaitOne(SOON, answers(id));
        assertThat(event.text()).contains("at last");
        assertThat(calls).hasValue(4);
    }

    @Test
    void retriesEndWithTheRequestsTime() {
        String id = fresh();
        handler.script("full-" + id, context -> {
            throw Problem.of(ErrorCode.OVERLOADED, "Full.").exception();
        });
        send(id, Map.of("ce_expirytime", Instant.now().plusMillis(900).toString()), "{\"script\":\"full-" + id + "\"}");
        Event failed = probe.awaitOne(SOON, answers(id));
        assertThat(failed.text())
                .contains(ErrorCode.RETRIES_EXHAUSTED.id())
                .contains("DEADLINE_EXCEEDED")
                .contains(ErrorCode.OVERLOADED.id());
    }

    @Test
    void aFaultOfOursIsTriedThreeTimesAndTellsNothingInside() {
        String id = fresh();
        handler.script("bug-" + id, context -> {
            throw new IllegalStateException("secret");
        });
        send(id, Map.of(), "{\"script\":\"bug-" + id + "\"}");
        Event failed = probe.awaitOne(SOON, answers(id));
        assertThat(failed.text()).contains(ErrorCode.INTERNAL.id()).doesNotContain("secret");
        assertThat(handler.runs("bug-" + id)).isEqualTo(3);
    }

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
    void malformedCancellationsDoNoHarm() {
        probe.send(CANCELLATIONS, Map.of(), "nonsense");
        probe.send(CANCELLATIONS, Map.of("ce_type", CancellationHandler.TYPE), "{\"kind\":7}");
        String id = fresh();
        cancel(id);
        await().atMost(SOON).until(() -> store.outcomes().find(key(id)).isPresent());
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
    void nothingIsAnsweredWhileTheStoreIsAwayAndAllIsAfterwards() {
        String script = "patient-" + fresh();
        List<String> ids = Stream.generate(DeliveryTest::fresh).limit(8).toList();
        store.takeAway();
        ids.forEach(id -> send(id, Map.of(), "{\"script\":\"" + script + "\",\"text\":\"patient\"}"));
        await().atMost(SOON).until(() -> handler.runs(script) >= 8);
        assertThat(ids).allSatisfy(id -> assertThat(probe.seen(answers(id))).isEmpty());
        store.giveBack();
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(probe.awaitOne(SOON, answers(id)).text()).contains("patient"));
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

    @Test
    void aBrokerRestartLosesNothing() throws InterruptedException {
        String id = fresh();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch restarted = new CountDownLatch(1);
        handler.script("restart-" + id, context -> {
            started.countDown();
            try {
                restarted.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ScriptedHandler.echo(context, "survived");
        });
        send(id, Map.of(), "{\"script\":\"restart-" + id + "\"}");
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        broker.restart();
        restarted.countDown();
        assertThat(probe.awaitOne(Duration.ofSeconds(40), answers(id)).text()).contains("survived");
        String next = fresh();
        send(next, Map.of(), "{\"text\":\"next\"}");
        probe.awaitOne(Duration.ofSeconds(40), answers(next));
    }

    @Test
    void aRecordTooLargeForTheDeadLettersIsNamedThereWithoutItsValue() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, DEAD);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            alter(admin, topic, AlterConfigOp.OpType.SET);
            String id = fresh();
            send(id, Map.of("x-id", id), "no json ".repeat(1000));
            Event dead = probe.awaitOne(
                    SOON,
                    event -> event.topic().equals(DEAD)
                            && "true".equals(event.headers().get(DeadLetters.VALUE_OMITTED)));
            assertThat(dead.value()).isEmpty();
            assertThat(dead.headers())
                    .containsEntry(DeadLetters.TOPIC, REQUESTS)
                    .containsKey(DeadLetters.OFFSET);
            alter(admin, topic, AlterConfigOp.OpType.DELETE);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aStoppingProcessFinishesWhatRunsAndLeavesTheRest() throws InterruptedException {
        String script = "drain-" + fresh();
        CountDownLatch started = new CountDownLatch(SLOTS);
        CountDownLatch release = new CountDownLatch(1);
        handler.script(script, context -> {
            started.countDown();
            await().atMost(SOON).until(() -> release.getCount() == 0);
            return ScriptedHandler.echo(context, "in time");
        });
        List<String> running = Stream.generate(DeliveryTest::fresh).limit(SLOTS).toList();
        running.forEach(id -> send(id, Map.of(), "{\"script\":\"" + script + "\"}"));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        String waiting = fresh();
        send(waiting, Map.of(), "{\"script\":\"left-" + waiting + "\"}");

        Thread stopping = Thread.ofVirtual().start(() -> {
            try {
                lifecycle.stop(new ShutdownEvent());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(SOON).until(this::refusesRuns);
        release.countDown();
        stopping.join(Duration.ofSeconds(30));

        running.forEach(
                id -> assertThat(probe.awaitOne(SOON, answers(id)).text()).contains("in time"));
        assertThat(handler.runs("left-" + waiting)).isZero();
        assertThat(probe.seen(answers(waiting))).isEmpty();
    }

    private boolean refusesRuns() {
        try {
            runs.execute(
                    RunRequest.of("image", RequestKey.Entrance.GRPC, "", fresh(), "t", new byte[0], Deadline.NEVER),
                    Recording.RESULTS,
                    new Cancellation(),
                    ProgressListener.NONE,
                    context -> ScriptedHandler.echo(context, ""));
            return false;
        } catch (ProblemException e) {
            return e.problem().code() == ErrorCode.SHUTTING_DOWN;
        }
    }

    private static void alter(Admin admin, ConfigResource topic, AlterConfigOp.OpType op) throws Exception {
        AlterConfigOp size = new AlterConfigOp(new ConfigEntry("max.message.bytes", "2000"), op);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(size))).all().get(20, TimeUnit.SECONDS);
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static RequestKey key(String id) {
        return RequestKey.of("image", RequestKey.Entrance.KAFKA, "/test", id);
    }

    private void send(String id, Map<String, String> headers, String json) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("ce_type", ScriptedHandler.TYPE);
        all.put("ce_specversion", "1.0");
        all.put("ce_id", id);
        all.put("ce_source", "/test");
        probe.send(REQUESTS, all, json);
    }

    private void cancel(String id) {
        probe.send(
                CANCELLATIONS,
                Map.of("ce_type", CancellationHandler.TYPE),
                "{\"kind\":\"image\",\"source\":\"/test\",\"id\":\"" + id + "\"}");
    }

    private static Predicate<Event> answers(String id) {
        return event ->
                event.topic().equals(RESULTS) && id.equals(event.headers().get("ce_requestid"));
    }

    private static Predicate<Event> dead(String id) {
        return event -> event.topic().equals(DEAD) && id.equals(event.headers().get("ce_id"));
    }
}
