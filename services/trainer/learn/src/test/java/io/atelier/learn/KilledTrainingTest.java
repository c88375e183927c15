package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains in processes of their own, which can be killed. */
class KilledTrainingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int EPOCHS = 50;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SmallTraining small;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void makeData() throws IOException {
        small = SmallTraining.in(folder);
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void killedAndTerminatedTrainingReachesTheUninterruptedOnesCurveAndModel() throws Exception {
        Process killed = train("interrupted");
        awaitPoint("interrupted", 60);
        killed.destroyForcibly().waitFor();

        Process terminated = train("interrupted", "--resume");
        awaitPoint("interrupted", lastPoint("interrupted") + 60);
        terminated.destroy();
        assertThat(terminated.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(terminated.exitValue()).as("stopped with a checkpoint").isZero();
        JsonNode last = reports("interrupted").getLast();
        assertThat(last.path("type").asText()).isEqualTo("stopped");
        assertThat(folder.resolve("interrupted/checkpoints/step-%09d"
                        .formatted(last.path("step").asLong())))
                .exists();
        assertThat(folder.resolve("interrupted/published.json")).doesNotExist();

        Process whole = train("whole");
        Process resumed = train("interrupted", "--resume");
        assertThat(whole.waitFor()).as(read("whole.log")).isZero();
        assertThat(resumed.waitFor()).as(read("interrupted.log")).isZero();
        assertThat(read("interrupted/metrics.jsonl")).isEqualTo(read("whole/metrics.jsonl"));
        assertThat(read("interrupted/evaluation.json")).isEqualTo(read("whole/evaluation.json"));
        assertThat(folder.resolve("models-interrupted/cnn-fashion/1/classifier.onnx"))
                .hasSameBinaryContentAs(folder.resolve("models-whole/cnn-fashion/1/classifier.onnx"));
        assertThat(points("interrupted")).isEqualTo(points("whole"));
        assertWhole(reports("whole"));
    }

    /** An undisturbed training's lines: what is told, in which order, and at which steps. */
    private void assertWhole(List<JsonNode> reports) throws IOException {
        List<String> types = SmallTraining.types(reports);
        assertThat(types.getFirst()).isEqualTo("started");
        assertThat(types.subList(types.size() - 4, types.size()))
                .containsExactly("checkpoint", "evaluating", "evaluated", "published");
        assertThat(types).doesNotContain("stopped", "failed");
        assertThat(reports.getFirst().toString())
                .isEqualTo("{\"type\":\"started\",\"step\":0,\"steps\":700,\"device\":\"cpu\",\"seed\":1}");
        assertThat(SmallTraining.ofType("checkpoint", reports)).hasSize(700 / 25);

        JsonNode progress = SmallTraining.ofType("progress", reports).getFirst();
        assertThat(progress.path("step").asLong()).isEqualTo(1);
        assertThat(progress.path("memory_mb").asLong()).isBetween(50L, 4096L);
        assertThat(progress.path("eta_s").asDouble()).isPositive();
        assertThat(progress.path("steps_per_s").asDouble()).isPositive();

        TreeMap<Long, JsonNode> points = points("whole");
        assertThat(points.keySet()).allMatch(step -> step % 20 == 0 || step % 14 == 0);
        assertThat(points).hasSize(700 / 20 + 700 / 14 - 700 / 140);
        assertThat(names(points, 20)).containsExactly("loss", "learning_rate");
        assertThat(names(points, 14)).containsExactly("val_accuracy", "val_loss");
        assertThat(names(points, 140)).containsExactly("loss", "learning_rate", "val_accuracy", "val_loss");

        JsonNode published = reports.getLast();
        assertThat(published.path("model").asText()).isEqualTo("cnn-fashion@1");
        assertThat(published.path("metrics").path("accuracy").isNumber()).isTrue();
        assertThat(published.has("not_promoted_because"))
                .isNotEqualTo(published.path("promoted").asBoolean());
    }

    private static List<String> names(Map<Long, JsonNode> points, long step) {
        List<String> names = new ArrayList<>();
        Objects.requireNonNull(points.get(step)).path("metrics").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Process train(String run, String... more) throws IOException {
        List<String> line = small.line(run, EPOCHS, more);
        line.add("--reports");
        Process process = ChildMain.start(folder.resolve(run + ".jsonl"), folder.resolve(run + ".log"), line);
        started.add(process);
        return process;
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private List<JsonNode> reports(String run) throws IOException {
        return SmallTraining.reports(folder.resolve(run + ".jsonl"));
    }

    /** The points by step; a step that was taken twice was told the same. */
    private TreeMap<Long, JsonNode> points(String run) throws IOException {
        TreeMap<Long, JsonNode> points = new TreeMap<>();
        for (JsonNode point : SmallTraining.ofType("point", reports(run))) {
            JsonNode before = points.put(point.path("step").asLong(), point);
            assertThat(before == null || before.equals(point))
                    .as("%s after %s", point, before)
                    .isTrue();
        }
        return points;
    }

    private void awaitPoint(String run, long step) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (lastPoint(run) < step) {
            assertThat(Instant.now()).as(read(run + ".log")).isBefore(end);
            assertThat(started.getLast().isAlive()).as(read(run + ".log")).isTrue();
            TimeUnit.MILLISECONDS.sleep(20); // polling
        }
    }

    private long lastPoint(String run) throws IOException {
        TreeMap<Long, JsonNode> points = points(run);
        return points.isEmpty() ? 0 : points.lastKey();
    }
}
