package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HotReloadTest {
    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(folder);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void newVersionTakesOverUnderLoadWithNoFailedRequest() {
        studio.publishAdder("adder", 1);
        OnnxModelServer server = studio.serve();
        AtomicBoolean enough = new AtomicBoolean();
        Set<Float> seen = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> load = IntStream.range(0, 4)
                .mapToObj(client -> CompletableFuture.runAsync(
                        () -> {
                            while (!enough.get()) {
                                try (ModelHandle handle = server.acquire(ModelRef.parse("adder"))) {
                                    seen.add(Studio.first(handle.run(Studio.request(Studio.rows(1, 0))), "y"));
                                }
                            }
                        },
                        Thread::startVirtualThread))
                .toList();
        for (int version = 2; version <= 6; version++) {
            studio.publishAdder("adder", version);
            float expected = version;
            await().atMost(Studio.PATIENCE).until(() -> seen.contains(expected));
        }
        enough.set(true);
        assertThat(load).allSatisfy(client -> assertThat(client).succeedsWithin(Studio.PATIENCE));
        assertThat(seen).containsExactlyInAnyOrder(1f, 2f, 3f, 4f, 5f, 6f);
        assertThat(server.models()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(ModelStatus.State.READY);
            assertThat(status.serving().orElseThrow().version()).isEqualTo(6);
        });
    }

    @Test
    void truncatedVersionIsRefusedByNameWhileThePreviousServes() throws IOException {
        studio.publishAdder("adder", 1);
        OnnxModelServer server = studio.serve();
        damage(bytes -> java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertBroken(server, "model.onnx");
    }

    @Test
    void bitFlippedVersionIsRefusedByNameWhileThePreviousServes() throws IOException {
        studio.publishAdder("adder", 1);
        OnnxModelServer server = studio.serve();
        damage(bytes -> {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        });
        assertBroken(server, "model.onnx");
    }

    @Test
    void versionWithAnUnknownOperatorIsRefusedWhileThePreviousServes() {
        studio.publishAdder("adder", 1);
        OnnxModelServer server = studio.serve();
        studio.publish("adder", TestGraphs.unknownOperator(), 8, Studio.simple());
        assertBroken(server, "Transmogrify");
    }

    @Test
    void brokenVersionIsFollowedByAGoodOne() {
        studio.publishAdder("adder", 1);
        OnnxModelServer server = studio.serve();
        studio.publish("adder", TestGraphs.unknownOperator(), 8, Studio.simple());
        assertBroken(server, "adder@2");
        studio.publishAdder("adder", 3);
        await().atMost(Studio.PATIENCE).until(() -> ask(server, "adder") == 3);
        assertThat(server.models().getFirst().state()).isEqualTo(ModelStatus.State.READY);
    }

    @Test
    void watchersHearOfEachState() {
        OnnxModelServer server = studio.serve();
        List<ModelStatus.State> states = new CopyOnWriteArrayList<>();
        server.watch(status -> states.add(status.state()));
        studio.publishAdder("adder", 1);
        await().atMost(Studio.PATIENCE).until(() -> states.contains(ModelStatus.State.READY));
        studio.publish("adder", TestGraphs.unknownOperator(), 8, Studio.simple());
        await().atMost(Studio.PATIENCE).until(() -> states.contains(ModelStatus.State.BROKEN));
        assertThat(states)
                .containsExactly(
                        ModelStatus.State.LOADING,
                        ModelStatus.State.READY,
                        ModelStatus.State.LOADING,
                        ModelStatus.State.BROKEN);
    }

    @Test
    void versionsAreServedByNumberBesideThePromotedOne() {
        studio.publishAdder("adder", 1);
        studio.publishAdder("adder", 2);
        studio.publishAdder("adder", 3);
        OnnxModelServer server = studio.serve();
        assertThat(ask(server, "adder")).isEqualTo(3);
        assertThat(ask(server, "adder@1")).isEqualTo(1);
        assertThat(ask(server, "adder@2")).isEqualTo(2);
        assertThat(ask(server, "adder@1")).isEqualTo(1);
        assertThat(ask(server, "adder@3")).isEqualTo(3);
        assertProblem(server, "adder@4", ErrorCode.UNKNOWN_MODEL);
    }

    @Test
    void handleKeepsItsVersionOpenWhateverIsPublished() {
        studio.publishAdder("adder", 1);
        OnnxModelServer server = studio.serve();
        try (ModelHandle old = server.acquire(ModelRef.parse("adder"))) {
            studio.publishAdder("adder", 2);
            await().atMost(Studio.PATIENCE).until(() -> ask(server, "adder") == 2);
            assertThat(Studio.first(old.run(Studio.request(Studio.rows(1, 0))), "y"))
                    .isEqualTo(1);
        }
    }

    @Test
    void unknownModelsAndOtherTasksAreTold() {
        studio.publishAdder("adder", 1);
        studio.publish("stylist", TestGraphs.adder(1), 8, Studio.simple(), ModelTask.IMAGE_STYLE);
        OnnxModelServer server = studio.serve();
        assertProblem(server, "nobody", ErrorCode.UNKNOWN_MODEL);
        assertProblem(server, "stylist", ErrorCode.WRONG_TASK);
        assertThat(server.models()).extracting(ModelStatus::name).containsExactly(new ModelName("adder"));
    }

    @Test
    void closedServerRefusesAndWaitsForHandles() {
        studio.publishAdder("adder", 1);
        OnnxModelServer server = studio.serve();
        ModelHandle handle = server.acquire(ModelRef.parse("adder"));
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        await().atMost(Studio.PATIENCE).untilAsserted(() -> assertProblem(server, "adder", ErrorCode.SHUTTING_DOWN));
        assertThat(Studio.first(handle.run(Studio.request(Studio.rows(1, 0))), "y"))
                .isEqualTo(1);
        assertThat(closing).isNotDone();
        handle.close();
        assertThat(closing).succeedsWithin(Studio.PATIENCE);
    }

    @Test
    void manifestThatTellsOtherTensorsIsBroken() {
        studio.publish("liar", TestGraphs.classifier(1, 4), 8, Studio.simple());
        OnnxModelServer server = studio.serve();
        assertThat(server.models().getFirst().problem().orElseThrow()).contains("image float32");
        assertProblem(server, "liar", ErrorCode.BROKEN_PACKAGE);
    }

    @Test
    void packageBeyondTheSizeLimitIsNotLoaded() {
        studio.publish("large", TestGraphs.generator(1, 64, 1), 8, Studio.simple());
        InferenceSettings narrow = new InferenceSettings(
                "cpu",
                2,
                1,
                64,
                Studio.SETTINGS.maxRun(),
                Studio.SETTINGS.poll(),
                1,
                1000,
                Studio.SETTINGS.maxLoad(),
                Studio.SETTINGS.drain(),
                Studio.SETTINGS.memory());
        OnnxModelServer server = studio.serve(narrow, InferenceListener.NONE);
        assertThat(server.models().getFirst().problem().orElseThrow()).contains("1000 are allowed");
    }

    private void damage(java.util.function.UnaryOperator<byte[]> change) throws IOException {
        // published unpromoted, damaged, then promoted: the server must not see it whole
        studio.repository.pin(new ModelName("adder"), 1);
        ModelPackage next = studio.publishAdder("adder", 2);
        Path file = next.file("model.onnx");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(file, change.apply(Files.readAllBytes(file)));
        studio.repository.pin(new ModelName("adder"), 2);
    }

    private void assertBroken(OnnxModelServer server, String why) {
        await().atMost(Studio.PATIENCE)
                .untilAsserted(() -> assertThat(server.models()).singleElement().satisfies(status -> {
                    assertThat(status.state()).isEqualTo(ModelStatus.State.BROKEN);
                    assertThat(status.problem().orElseThrow()).contains(why);
                    assertThat(status.serving().orElseThrow().version()).isEqualTo(1);
                }));
        assertThat(ask(server, "adder")).isEqualTo(1);
    }

    private static void assertProblem(OnnxModelServer server, String model, ErrorCode code) {
        assertThatThrownBy(() -> server.acquire(ModelRef.parse(model)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private float ask(OnnxModelServer server, String model) {
        Map<String, Rows> outputs =
                studio.ask(server, model, Studio.request(Studio.rows(1, 0))).join();
        return Studio.first(outputs, "y");
    }
}
