package io.atelier.artifacts.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.StoredOutcome.Kind;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
    private static final EventIssuer ISSUER = new EventIssuer("image", "/atelier/image", "http://127.0.0.1:8081/");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final DirectoryStore store;
    private Runs runs;

    @SuppressWarnings("NullAway") // JUnit injects the folder
    RunsTest(@TempDir Path folder) {
        store = DirectoryStore.open(StoreSettings.of(folder), InstantSource.system());
        runs = new Runs(ISSUER, store.outcomes(), InstantSource.system());
    }

    @AfterEach
    void close() {
        runs.close();
        store.close();
        threads.close();
    }

    @Test
    void aRepeatedRequestGetsTheFirstOutcomeWithoutWork() {
        Ended first = run("a", "body", context -> result("one"));
        Ended second = run("a", "body", context -> {
            throw new AssertionError("worked again");
        });
        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(second.outcome().data()).isEqualTo(first.outcome().data());
        assertThat(second.outcome().attributes()).isEqualTo(first.outcome().attributes());
    }

    @Test
    void anOutcomeHoldsTheWholeEvent() {
        StoredOutcome outcome = run("a", "body", context -> result("one")).outcome();
        assertThat(outcome.attributes())
                .containsEntry("specversion", "1.0")
                .containsEntry("id", key("a").hex())
                .containsEntry("source", "/atelier/image")
                .containsEntry("type", "io.atelier.image.completed.v1")
                .containsEntry("datacontenttype", "application/json")
                .containsEntry("requestid", "a")
                .containsEntry("requestsource", "/test")
                .containsEntry("dataref", "http://127.0.0.1:8081/outcomes/" + key("a").hex());
        assertThat(Instant.parse(outcome.attributes().get("time"))).isEqualTo(outcome.storedAt());
    }

    @Test
    void anotherBodyIsAConflictAndTheFirstOutcomeStands() {
        run("a", "body", context -> result("one"));
        assertProblem(ErrorCode.REQUEST_CONFLICT, () -> run("a", "other", context -> result("two")));
        assertThat(run("a", "body", context -> result("three")).outcome().data())
                .isEqualTo(bytes("one"));
    }

    @Test
    void ofTwoEqualRequestsAtOnceTheFirstPutStands() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Ended> slow = start(() -> run("a", "body", context -> {
            working.countDown();
            await(release);
            return result("slow");
        }));
        await(working);
        assertThat(run("a", "body", context -> result("fast")).outcome().data()).isEqualTo(bytes("fast"));
        release.countDown();
        assertThat(get(slow).outcome().data()).isEqualTo(bytes("fast"));
    }

    @Test
    void ofTwoBodiesAtOnceTheLaterIsAConflict() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Ended> slow = start(() -> run("a", "other", context -> {
            working.countDown();
            await(release);
            return result("slow");
        }));
        await(working);
        run("a", "body", context -> result("fast"));
        release.countDown();
        assertProblem(ErrorCode.REQUEST_CONFLICT, () -> get(slow));
    }

    @Test
    void aRequestCancelledBeforeItComesFitsAnyBodyAndIsNotWorkedOn() {
        runs.cancel(key("a"), "a", "/test");
        Ended ended = run("a", "whatever", context -> {
            throw new AssertionError("worked");
        });
        assertThat(ended.outcome().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(ended.outcome().attributes()).containsEntry("type", "io.atelier.image.cancelled.v1");
    }

    @Test
    void aCancellationStopsEveryRunUnderItsKey() throws Exception {
        CountDownLatch working = new CountDownLatch(2);
        Callable<Ended> request = () -> run("a", "body", context -> untilCancelled(context, working));
        Future<Ended> one = start(request);
        Future<Ended> two = start(request);
        await(working);
        runs.cancel(key("a"), "a", "/test");
        assertThat(get(one).outcome().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(get(two).outcome().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(runs.inFlight()).isZero();
    }

    @Test
    void aCancellationBetweenTheLookAndTheWorkIsNotMissed() {
        OutcomeStore slowToLook = new OutcomeStore() {
            @Override
            public Optional<StoredOutcome> find(RequestKey key) {
                Optional<StoredOutcome> found = store.outcomes().find(key);
                if (found.isEmpty()) {
                    runs.cancel(key, "a", "/test");
                }
                return found;
            }

            @Override
            public StoredOutcome putIfAbsent(StoredOutcome outcome) {
                return store.outcomes().putIfAbsent(outcome);
            }
        };
        runs.close();
        runs = new Runs(ISSUER, slowToLook, InstantSource.system());
        Ended ended = run("a", "body", context -> {
            context.cancellation().check();
            throw new AssertionError("not stopped");
        });
        assertThat(ended.outcome().kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void aCancellationAfterTheResultStopsNothing() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Ended> slow = start(() -> run("a", "body", context -> {
            working.countDown();
            await(release);
            assertThat(context.cancellation().isCancelled()).isFalse();
            return result("slow");
        }));
        await(working);
        run("a", "body", context -> result("fast"));
        assertThat(runs.cancel(key("a"), "a", "/test").kind()).isEqualTo(Kind.COMPLETED);
        release.countDown();
        assertThat(get(slow).outcome().data()).isEqualTo(bytes("fast"));
    }

    @Test
    void onGrpcAFailureLeavesNoOutcome() {
        Work failing = context -> {
            throw Problem.of(ErrorCode.UNKNOWN_MODEL, "No such model.").exception();
        };
        assertProblem(ErrorCode.UNKNOWN_MODEL, () -> run("a", "body", Recording.RESULTS, failing));
        assertThat(store.outcomes().find(key("a"))).isEmpty();
        assertThat(run("a", "body", Recording.RESULTS, context -> result("now"))
                        .outcome()
                        .kind())
                .isEqualTo(Kind.COMPLETED);
    }

    @Test
    void onKafkaAFailureIsTheOutcome() {
        Ended ended = run("a", "body", context -> {
            throw Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, "count", "1..64", "Too many.")
                    .exception();
        });
        assertThat(ended.outcome().kind()).isEqualTo(Kind.FAILED);
        assertThat(new String(ended.outcome().data(), StandardCharsets.UTF_8))
                .isEqualTo("{\"request_id\":\"a\",\"code\":\"ATELIER-REQUEST-0002\",\"status\":\"INVALID_ARGUMENT\","
                        + "\"message\":\"Too many.\",\"field\":\"count\",\"limit\":\"1..64\"}");
    }

    @Test
    void aStoreThatIsAwayIsNeverAnOutcome() {
        assertProblem(
                ErrorCode.STORE_UNAVAILABLE,
                () -> run("a", "body", context -> {
                    throw Problem.of(ErrorCode.STORE_UNAVAILABLE, "Away.").exception();
                }));
        assertThat(store.outcomes().find(key("a"))).isEmpty();
    }

    @Test
    void aClientThatIsGoneLeavesNoOutcome() throws Exception {
        Cancellation client = new Cancellation();
        CountDownLatch working = new CountDownLatch(1);
        Future<Ended> call = start(() -> runs.execute(
                request("a", "body", Deadline.NEVER),
                Recording.RESULTS,
                client,
                ProgressListener.NONE,
                context -> untilCancelled(context, working)));
        await(working);
        client.cancel();
        assertProblem(ErrorCode.CANCELLED, () -> get(call));
        assertThat(store.outcomes().find(key("a"))).isEmpty();
    }

    @Test
    void noWorkStartsOnASpentBudget() {
        Ended ended = runs.execute(
                request("a", "body", new Deadline(Instant.EPOCH)),
                Recording.RESULTS_AND_FAILURES,
                new Cancellation(),
                ProgressListener.NONE,
                context -> {
                    throw new AssertionError("worked");
                });
        assertThat(ended.outcome().kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void theDeadlineStopsTheWork() {
        Deadline soon = Deadline.after(Duration.ofMillis(50), InstantSource.system());
        assertProblem(
                ErrorCode.DEADLINE,
                () -> runs.execute(
                        request("a", "body", soon),
                        Recording.RESULTS,
                        new Cancellation(),
                        ProgressListener.NONE,
                        context -> untilCancelled(context, new CountDownLatch(1))));
    }

    @Test
    void drainingWaitsForRunsAndRefusesNewOnes() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Ended> call = start(() -> run("a", "body", context -> {
            working.countDown();
            await(release);
            return result("done");
        }));
        await(working);
        Future<Boolean> drained = start(() -> runs.drain(Duration.ofSeconds(30)));
        release.countDown();
        assertThat(get(drained)).isTrue();
        assertThat(get(call).outcome().kind()).isEqualTo(Kind.COMPLETED);
        assertProblem(ErrorCode.SHUTTING_DOWN, () -> run("b", "body", context -> result("late")));
    }

    @Test
    void whatDoesNotEndInTimeIsStoppedWithoutAnOutcome() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        Future<Ended> call = start(() -> run("a", "body", context -> untilCancelled(context, working)));
        await(working);
        assertThat(runs.drain(Duration.ZERO)).isFalse();
        assertProblem(ErrorCode.SHUTTING_DOWN, () -> get(call));
        assertThat(store.outcomes().find(key("a"))).isEmpty();
    }

    private Ended run(String id, String body, Work work) {
        return run(id, body, Recording.RESULTS_AND_FAILURES, work);
    }

    private Ended run(String id, String body, Recording recording, Work work) {
        return runs.execute(
                request(id, body, Deadline.NEVER), recording, new Cancellation(), ProgressListener.NONE, work);
    }

    private static RunRequest request(String id, String body, Deadline deadline) {
        return RunRequest.of("image", RequestKey.Entrance.KAFKA, "/test", id, "type", bytes(body), deadline);
    }

    private static RequestKey key(String id) {
        return RequestKey.of("image", RequestKey.Entrance.KAFKA, "/test", id);
    }

    private static WorkResult result(String data) {
        return new WorkResult(bytes(data), List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static WorkResult untilCancelled(RunContext context, CountDownLatch working) {
        CountDownLatch struck = new CountDownLatch(1);
        try (Cancellation.Registration _ = context.cancellation().onCancel(struck::countDown)) {
            working.countDown();
            await(struck);
        }
        context.cancellation().check();
        throw new AssertionError("cancelled and yet not");
    }

    private <T> Future<T> start(Callable<T> task) {
        return threads.submit(task);
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertProblem(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
