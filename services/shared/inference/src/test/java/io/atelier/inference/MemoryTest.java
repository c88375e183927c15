package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models and requests within the memory they may hold. */
@Timeout(120)
class MemoryTest {
    private static final long FOREVER = 1L << 40;

    @TempDir
    Path folder;

    private Studio studio;
    private ModelPackage first;

    /** Three models of one size. */
    @BeforeEach
    void open() {
        studio = new Studio(folder);
        first = studio.publishAdder("a", 1);
        studio.publishAdder("b", 2);
        studio.publishAdder("c", 3);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private OnnxModelServer roomFor(int models) {
        return studio.serve(
                withMemory(new InferenceSettings.Memory(models * MemoryBudget.estimate(first.manifest()), 64 << 20)),
                InferenceListener.NONE);
    }

    private static InferenceSettings withMemory(InferenceSettings.Memory memory) {
        InferenceSettings base = Studio.SETTINGS;
        return new InferenceSettings(
                base.device(),
                base.threads(),
                base.workers(),
                base.queueRows(),
                base.maxRun(),
                base.poll(),
                base.cachedVersions(),
                base.maxModelBytes(),
                base.maxLoad(),
                base.drain(),
                memory);
    }

    private static List<String> opened(OnnxModelServer server) {
        return server.models().stream()
                .filter(status -> status.loadedAt().isPresent())
                .map(status -> status.name().value())
                .toList();
    }

    private float ask(OnnxModelServer server, String model) {
        return Studio.first(
                studio.ask(server, model, Studio.request(Studio.rows(1, 0))).join(), "y");
    }

    @Test
    void leastRecentlyUsedModelIsClosedAndOpenedAgainWhenAskedFor() {
        OnnxModelServer server = roomFor(2);
        assertThat(opened(server)).containsExactly("a", "b");
        assertThat(server.models()).extracting(ModelStatus::state).containsOnly(ModelStatus.State.READY);
        assertThat(ask(server, "a")).isEqualTo(1);
        assertThat(ask(server, "c")).isEqualTo(3);
        assertThat(opened(server)).containsExactly("a", "c");
        assertThat(ask(server, "b")).isEqualTo(2);
        assertThat(opened(server)).containsExactly("b", "c");
        assertThat(ask(server, "a@1")).isEqualTo(1);
        assertThat(opened(server)).containsExactly("a", "b");
    }

    @Test
    void modelInUseIsNotClosedForAnother() {
        OnnxModelServer server = roomFor(1);
        try (ModelHandle used = server.acquire(ModelRef.parse("a"))) {
            assertProblem(server, "b", ErrorCode.OVERLOADED);
            assertThat(Studio.first(used.run(Studio.request(Studio.rows(1, 0))), "y"))
                    .isEqualTo(1);
        }
        assertThat(ask(server, "b")).isEqualTo(2);
    }

    @Test
    void modelThatAloneNeedsMoreIsRefusedByName() {
        OnnxModelServer server = studio.serve(
                withMemory(new InferenceSettings.Memory(MemoryBudget.estimate(first.manifest()) - 1, 64 << 20)),
                InferenceListener.NONE);
        assertThat(server.models().getFirst().problem().orElseThrow())
                .contains("a@1")
                .contains("atelier.inference.memory");
        assertProblem(server, "a", ErrorCode.BROKEN_PACKAGE);
    }

    @Test
    void newVersionTakesTheRoomOfAnotherModelAndNotOfItsPredecessor() {
        OnnxModelServer server = roomFor(2);
        try (ModelHandle old = server.acquire(ModelRef.parse("a"))) {
            studio.publishAdder("a", 7);
            await().atMost(Studio.PATIENCE).until(() -> ask(server, "a") == 7);
            assertThat(opened(server)).containsExactly("a");
            assertThat(Studio.first(old.run(Studio.request(Studio.rows(1, 0))), "y"))
                    .isEqualTo(1);
        }
        assertThat(ask(server, "b")).isEqualTo(2);
        assertThat(opened(server)).containsExactly("a", "b");
    }

    @Test
    void newVersionWithoutRoomLeavesThePredecessorServing() {
        OnnxModelServer server = roomFor(1);
        studio.publishAdder("a", 7);
        await().atMost(Studio.PATIENCE).until(() -> server.models().getFirst().state() == ModelStatus.State.LOADING);
        assertThat(ask(server, "a")).isEqualTo(1);
        assertThat(ask(server, "b")).isEqualTo(2); // which makes room
        await().atMost(Studio.PATIENCE).until(() -> ask(server, "a") == 7);
    }

    @Test
    void sleepingModelThatWasDamagedIsToldAsBroken() throws IOException {
        OnnxModelServer server = roomFor(1);
        Path file = studio.repository.open(ModelRef.parse("c")).file("model.onnx");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(file, new byte[(int) Files.size(file)]);
        assertProblem(server, "c", ErrorCode.BROKEN_PACKAGE);
        assertThat(server.models().getLast().state()).isEqualTo(ModelStatus.State.BROKEN);
        assertProblem(server, "c", ErrorCode.BROKEN_PACKAGE);
        assertThat(ask(server, "b")).isEqualTo(2);
    }

    @Test
    void modelsThatTakeTurnsServeEveryRequestOrNameTheDelay() {
        OnnxModelServer server = roomFor(2);
        List<CompletableFuture<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String model = List.of("a", "b", "c").get(i % 3);
            clients.add(CompletableFuture.supplyAsync(() -> asked(server, model, 20), Thread::startVirtualThread));
        }
        assertThat(clients).allSatisfy(client -> assertThat(client).succeedsWithin(Studio.PATIENCE));
        assertThat(clients).extracting(CompletableFuture::join).containsOnly(20);
        assertThat(opened(server)).hasSizeLessThanOrEqualTo(2);
    }

    private static int asked(OnnxModelServer server, String model, int times) {
        int served = 0;
        while (served < times) {
            try (ModelHandle handle = server.acquire(ModelRef.parse(model))) {
                handle.run(Studio.request(Studio.rows(1, 0)));
                served++;
            } catch (ProblemException e) {
                if (!e.problem().status().retried()) {
                    throw e;
                }
                Thread.yield();
            }
        }
        return served;
    }

    @Test
    void requestsThatWaitHoldNoMoreThanTheyMay() {
        studio.publishLooper("looper", 8);
        OnnxModelServer server =
                studio.serve(withMemory(new InferenceSettings.Memory(256 << 20, 1000)), InferenceListener.NONE);
        Cancellation blocker = new Cancellation();
        CompletableFuture<Map<String, Rows>> running = studio.ask(
                server,
                "looper",
                Studio.request(
                        Studio.loop(1, 1, FOREVER), "one", RunRequest.Priority.INTERACTIVE, Deadline.NEVER, blocker));
        await().atMost(Studio.PATIENCE).until(() -> server.runs() == 1);
        try (ModelHandle adder = server.acquire(ModelRef.parse("a"))) {
            assertThatThrownBy(() -> adder.run(Studio.request(Studio.rows(60, 0)))) // of 32 bytes
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.OVERLOADED));
            blocker.cancel();
            assertThat(running).failsWithin(Studio.PATIENCE);
            assertThat(adder.run(Studio.request(Studio.rows(60, 0)))).containsKey("y"); // it meets nothing
        }
    }

    @Test
    void runThatFindsNoMemoryFailsByItself() {
        studio.publish(
                "greedy",
                TestGraphs.greedy(),
                8,
                new GraphSpec(
                        "main",
                        "model.onnx",
                        List.of(
                                TensorSpec.of("x", "image", "float32", -1L, 4L),
                                TensorSpec.of("count", "label", "int64", -1L)),
                        List.of(TensorSpec.of("y", "logits", "float32", -1L, 4L))));
        OnnxModelServer server = studio.serve();
        CompletableFuture<Map<String, Rows>> failed = studio.ask(server, "greedy", Studio.request(greedy(1L << 45)));
        assertThat(failed)
                .failsWithin(Studio.PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.RUN_OUT_OF_MEMORY));
        assertThat(studio.ask(server, "greedy", Studio.request(greedy(2))).join())
                .containsKey("y");
    }

    private static Map<String, Rows> greedy(long count) {
        return Map.of("x", Studio.rows(1, 0).get("x"), "count", new Rows.Longs(1, new long[0], new long[] {count}));
    }

    private static void assertProblem(OnnxModelServer server, String model, ErrorCode code) {
        assertThatThrownBy(() -> server.acquire(ModelRef.parse(model)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
