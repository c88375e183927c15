package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One worker, and a model whose runs take as long as a request says: forever, unless they are stopped. */
@Timeout(120)
class SchedulingTest {
    private static final long FOREVER = 1L << 40;

    @TempDir
    Path folder;

    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private Studio studio;
    private OnnxModelServer server;

    @BeforeEach
    void open() {
        studio = new Studio(folder);
        studio.publishLooper("looper", 8);
        server = studio.serve(Studio.SETTINGS, new InferenceListener() {
            @Override
            public void ran(ModelManifest model, String graph, int rows, Duration run) {
                batches.add(rows);
            }
        });
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void cancelStopsARunningRequestAndFreesTheWorker() {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Map<String, Rows>> endless = occupy(cancellation);
        cancellation.cancel();
        assertCode(endless, ErrorCode.CANCELLED);
        assertThat(Studio.first(quick("other", new Cancellation()).join(), "y")).isEqualTo(1);
    }

    @Test
    void cancelTakesAQueuedRequestOutOfTheQueue() {
        Cancellation running = new Cancellation();
        CompletableFuture<Map<String, Rows>> endless = occupy(running);
        Cancellation queued = new Cancellation();
        CompletableFuture<Map<String, Rows>> waiting = quick("other", queued);
        awaitWaiting(1);
        queued.cancel();
        assertCode(waiting, ErrorCode.CANCELLED);
        assertThat(server.waitingRows()).isZero();
        running.cancel();
        assertCode(endless, ErrorCode.CANCELLED);
    }

    @Test
    void sharedRunStopsOnlyWhenEveryoneHasCancelled() {
        Cancellation blocker = new Cancellation();
        CompletableFuture<Map<String, Rows>> first = occupy(blocker);
        Cancellation one = new Cancellation();
        Cancellation two = new Cancellation();
        CompletableFuture<Map<String, Rows>> left = ask("a", 1, FOREVER, one);
        CompletableFuture<Map<String, Rows>> right = ask("b", 1, FOREVER, two);
        awaitWaiting(2);
        blocker.cancel();
        awaitWaiting(0); // both are in one run now
        one.cancel();
        assertCode(left, ErrorCode.CANCELLED);
        assertThat(server.runs()).isEqualTo(1);
        assertThat(right).isNotDone();
        two.cancel();
        assertCode(right, ErrorCode.CANCELLED);
        await().atMost(Studio.PATIENCE).until(() -> server.runs() == 0);
        assertThat(batches).contains(2);
        assertCode(first, ErrorCode.CANCELLED);
    }

    @Test
    void cancelledHandleMayBeClosedWhileItsRunGoesOn() {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Map<String, Rows>> endless = occupy(cancellation);
        studio.publishLooper("looper", 4); // the old version is open for the run alone
        await().atMost(Studio.PATIENCE)
                .until(() -> server.models().getFirst().serving().orElseThrow().version() == 2
                        && server.models().getFirst().state() == ModelStatus.State.READY);
        cancellation.cancel();
        assertCode(endless, ErrorCode.CANCELLED);
        assertThat(Studio.first(quick("other", new Cancellation()).join(), "y")).isEqualTo(1);
    }

    @Test
    void deadlineEndsTheWaitAndTheRun() {
        Deadline soon = Deadline.after(Duration.ofMillis(200), InstantSource.system());
        CompletableFuture<Map<String, Rows>> running = studio.ask(
                server,
                "looper",
                Studio.request(
                        Studio.loop(1, 1, FOREVER), "a", RunRequest.Priority.INTERACTIVE, soon, new Cancellation()));
        assertCode(running, ErrorCode.DEADLINE);
        await().atMost(Studio.PATIENCE).until(() -> server.runs() == 0);
        CompletableFuture<Map<String, Rows>> late = studio.ask(
                server,
                "looper",
                Studio.request(Studio.loop(1, 1, 0), "a", RunRequest.Priority.INTERACTIVE, soon, new Cancellation()));
        assertCode(late, ErrorCode.DEADLINE);
    }

    @Test
    void fullQueueAnswersOverloadedWithADelay() {
        Cancellation blocker = new Cancellation();
        CompletableFuture<Map<String, Rows>> endless = occupy(blocker);
        CompletableFuture<Map<String, Rows>> fits = ask("a", 60, 0, new Cancellation());
        awaitWaiting(60);
        CompletableFuture<Map<String, Rows>> refused = ask("b", 5, 0, new Cancellation());
        assertCode(refused, ErrorCode.OVERLOADED);
        assertThat(refused).isCompletedExceptionally();
        assertThat(problem(refused).problem().retryAfter()).isPresent();
        blocker.cancel();
        assertThat(fits).succeedsWithin(Studio.PATIENCE);
        assertCode(endless, ErrorCode.CANCELLED);
    }

    @Test
    void laterStepOfAWorkFindsRoomInAFullQueue() {
        Cancellation blocker = new Cancellation();
        CompletableFuture<Map<String, Rows>> endless = occupy(blocker);
        CompletableFuture<Map<String, Rows>> full = ask("a", 64, 0, new Cancellation());
        awaitWaiting(64);
        CompletableFuture<Map<String, Rows>> later = studio.ask(
                server, "looper", Studio.request(Studio.loop(2, 1, 0)).goingOn());
        awaitWaiting(66);
        blocker.cancel();
        assertThat(later).succeedsWithin(Studio.PATIENCE);
        assertThat(full).succeedsWithin(Studio.PATIENCE);
        assertCode(endless, ErrorCode.CANCELLED);
    }

    @Test
    void requestBeyondTheQueueRunsWhenNothingElseWaits() {
        assertThat(ask("a", 100, 0, new Cancellation())).succeedsWithin(Studio.PATIENCE);
    }

    @Test
    void waitingRowsShareARunUpToTheLimit() {
        Cancellation blocker = new Cancellation();
        CompletableFuture<Map<String, Rows>> endless = occupy(blocker);
        List<CompletableFuture<Map<String, Rows>>> waiting = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            waiting.add(ask("client" + i, 1, 0, new Cancellation()));
        }
        awaitWaiting(11);
        blocker.cancel();
        waiting.forEach(one -> assertThat(one).succeedsWithin(Studio.PATIENCE));
        assertCode(endless, ErrorCode.CANCELLED);
        await().atMost(Studio.PATIENCE).until(() -> batches.size() == 4);
        assertThat(batches).containsExactly(1, 8, 2, 1);
    }

    @Test
    void rowsAreToldAfterEachRun() {
        List<Integer> told = new ArrayList<>();
        RunRequest request = new RunRequest(
                "main",
                Studio.loop(20, 1, 0),
                "a",
                RunRequest.Priority.BULK,
                Deadline.NEVER,
                new Cancellation(),
                told::add);
        studio.ask(server, "looper", request).join();
        assertThat(told).last().isEqualTo(20);
        assertThat(told).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void rowThatTheGraphRefusesFailsAlone() {
        GraphSpec spec = new GraphSpec(
                "main",
                "model.onnx",
                List.of(
                        TensorSpec.of("latent", "latent", "float32", -1L, (long) TestGraphs.LATENT),
                        TensorSpec.of("label", "label", "int64", -1L)),
                List.of(TensorSpec.of("image", "image", "float32", -1L, 1L, 28L, 28L)));
        studio.publish("generator", TestGraphs.generator(1, 8, 1), 8, spec);
        server.refresh();
        await().atMost(Studio.PATIENCE)
                .until(() -> server.models().size() == 2
                        && server.models().stream().allMatch(one -> one.state() == ModelStatus.State.READY));
        Cancellation blocker = new Cancellation();
        CompletableFuture<Map<String, Rows>> endless = occupy(blocker);
        CompletableFuture<Map<String, Rows>> good = studio.ask(server, "generator", Studio.request(drawing(3)));
        CompletableFuture<Map<String, Rows>> bad = studio.ask(server, "generator", Studio.request(drawing(10)));
        awaitWaiting(2);
        blocker.cancel();
        assertThat(good).succeedsWithin(Studio.PATIENCE);
        assertCode(bad, ErrorCode.INTERNAL);
        assertCode(endless, ErrorCode.CANCELLED);
    }

    @Test
    void closingEndsWhatDoesNotEndByItself() {
        InferenceSettings hasty = new InferenceSettings(
                "cpu",
                2,
                1,
                64,
                Studio.SETTINGS.maxRun(),
                Studio.SETTINGS.poll(),
                1,
                64 << 20,
                Studio.SETTINGS.maxLoad(),
                Duration.ofMillis(10),
                Studio.SETTINGS.memory());
        OnnxModelServer other = studio.serve(hasty, InferenceListener.NONE);
        CompletableFuture<Map<String, Rows>> endless =
                studio.ask(other, "looper", Studio.request(Studio.loop(1, 1, FOREVER)));
        await().atMost(Studio.PATIENCE).until(() -> other.runs() == 1);
        CompletableFuture<Map<String, Rows>> queued = studio.ask(other, "looper", Studio.request(Studio.loop(1, 1, 0)));
        await().atMost(Studio.PATIENCE).until(() -> other.waitingRows() == 1);
        other.close();
        assertCode(endless, ErrorCode.SHUTTING_DOWN);
        assertCode(queued, ErrorCode.SHUTTING_DOWN);
    }

    @Test
    void graphRunsOnceAtATimeWhileAnotherRunsBesideIt() {
        studio.publishLooper("beside", 8);
        InferenceSettings two = new InferenceSettings(
                "cpu",
                2,
                2,
                64,
                Studio.SETTINGS.maxRun(),
                Studio.SETTINGS.poll(),
                1,
                64 << 20,
                Studio.SETTINGS.maxLoad(),
                Studio.SETTINGS.drain(),
                Studio.SETTINGS.memory());
        OnnxModelServer other = studio.serve(two, InferenceListener.NONE);
        await().atMost(Studio.PATIENCE)
                .until(() -> other.models().size() == 2
                        && other.models().stream().allMatch(one -> one.state() == ModelStatus.State.READY));
        Cancellation blocker = new Cancellation();
        CompletableFuture<Map<String, Rows>> endless = studio.ask(
                other,
                "looper",
                new RunRequest(
                        "main",
                        Studio.loop(1, 1, FOREVER),
                        "blocker",
                        RunRequest.Priority.INTERACTIVE,
                        Deadline.NEVER,
                        blocker,
                        done -> {}));
        await().atMost(Studio.PATIENCE).until(() -> other.runs() == 1);
        CompletableFuture<Map<String, Rows>> same = studio.ask(other, "looper", Studio.request(Studio.loop(1, 1, 0)));
        await().atMost(Studio.PATIENCE).until(() -> other.waitingRows() == 1);

        assertThat(studio.ask(other, "beside", Studio.request(Studio.loop(1, 1, 0))))
                .succeedsWithin(Studio.PATIENCE);
        assertThat(same).isNotDone();
        assertThat(other.waitingRows()).isEqualTo(1);
        blocker.cancel();
        assertThat(same).succeedsWithin(Studio.PATIENCE);
        assertCode(endless, ErrorCode.CANCELLED);
    }

    @Test
    void virtualThreadsWaitWithoutHoldingTheirCarriers() {
        Cancellation blocker = new Cancellation();
        List<CompletableFuture<Map<String, Rows>>> many = new ArrayList<>();
        many.add(occupy(blocker));
        for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 2; i++) {
            many.add(ask("client" + i, 1, FOREVER, blocker));
        }
        awaitWaiting(Runtime.getRuntime().availableProcessors() + 2);
        CompletableFuture<String> other = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> other.complete("answered"));
        assertThat(other).succeedsWithin(Studio.PATIENCE);
        blocker.cancel();
        many.forEach(one -> assertCode(one, ErrorCode.CANCELLED));
    }

    private static Map<String, Rows> drawing(long label) {
        return Map.of(
                "latent", new Rows.Floats(1, new long[] {TestGraphs.LATENT}, new float[TestGraphs.LATENT]),
                "label", new Rows.Longs(1, new long[0], new long[] {label}));
    }

    /** Holds the only worker until cancelled. */
    private CompletableFuture<Map<String, Rows>> occupy(Cancellation cancellation) {
        CompletableFuture<Map<String, Rows>> endless = ask("blocker", 1, FOREVER, cancellation);
        await().atMost(Studio.PATIENCE).until(() -> server.runs() == 1);
        return endless;
    }

    private CompletableFuture<Map<String, Rows>> quick(String client, Cancellation cancellation) {
        return ask(client, 1, 0, cancellation);
    }

    private CompletableFuture<Map<String, Rows>> ask(String client, int rows, long steps, Cancellation cancellation) {
        return studio.ask(
                server,
                "looper",
                Studio.request(
                        Studio.loop(rows, 1, steps),
                        client,
                        RunRequest.Priority.INTERACTIVE,
                        Deadline.NEVER,
                        cancellation));
    }

    private void awaitWaiting(int rows) {
        await().atMost(Studio.PATIENCE).until(() -> server.waitingRows() == rows);
    }

    private static ProblemException problem(CompletableFuture<?> future) {
        try {
            future.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return problem;
            }
            throw e;
        }
        throw new AssertionError("it succeeded");
    }

    private static void assertCode(CompletableFuture<?> future, ErrorCode code) {
        assertThat(problem(future).problem().code()).isEqualTo(code);
    }
}
