package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.recipe.FashionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains in processes of their own, which can be killed. */
class KilledTrainingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void makeData() throws IOException {
        FashionFiles.write(folder.resolve("data"), 300, 100);
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void killedAndTerminatedTrainingReachesTheUninterruptedOnesCurveAndModel() throws Exception {
        Process killed = train("interrupted");
        awaitSteps("interrupted", 60);
        killed.destroyForcibly().waitFor();

        Process terminated = train("interrupted", "--resume");
        awaitSteps("interrupted", lastStep("interrupted") + 60);
        terminated.destroy();
        assertThat(terminated.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(terminated.exitValue()).as("stopped with a checkpoint").isZero();
        assertThat(folder.resolve("interrupted/published.json")).doesNotExist();

        Process whole = train("whole");
        Process resumed = train("interrupted", "--resume");
        assertThat(whole.waitFor()).isZero();
        assertThat(resumed.waitFor()).isZero();
        assertThat(read("interrupted/metrics.jsonl")).isEqualTo(read("whole/metrics.jsonl"));
        assertThat(read("interrupted/evaluation.json")).isEqualTo(read("whole/evaluation.json"));
        assertThat(folder.resolve("models-interrupted/cnn-fashion/1/classifier.onnx"))
                .hasSameBinaryContentAs(folder.resolve("models-whole/cnn-fashion/1/classifier.onnx"));
    }

    private Process train(String run, String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "train",
                "cnn-fashion",
                "--data",
                folder.resolve("data").toString(),
                "--out",
                folder.resolve(run).toString(),
                "--repository",
                folder.resolve("models-" + run).toString(),
                "--threads",
                "1"));
        for (String setting : List.of(
                "architecture.stages=[4,6,8]",
                "architecture.features=24",
                "data.validation=20",
                "schedule.batch=20",
                "schedule.epochs=50",
                "schedule.checkpointEvery=25")) {
            line.addAll(List.of("--set", setting));
        }
        line.addAll(List.of(more));
        Path log = folder.resolve(run + ".log");
        Process process = ChildMain.start(log, log, line);
        started.add(process);
        return process;
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private void awaitSteps(String run, long steps) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (lastStep(run) < steps) {
            assertThat(Instant.now()).as(read(run + ".log")).isBefore(end);
            assertThat(started.getLast().isAlive()).as(read(run + ".log")).isTrue();
            TimeUnit.MILLISECONDS.sleep(20); // polling
        }
    }

    private long lastStep(String run) throws IOException {
        Path metrics = folder.resolve(run).resolve("metrics.jsonl");
        return !Files.exists(metrics)
                ? 0
                : Files.readAllLines(metrics).stream()
                        .filter(line -> line.startsWith("{\"step\":") && line.endsWith("}"))
                        .mapToLong(line -> Long.parseLong(line.substring(8, line.indexOf(','))))
                        .max()
                        .orElse(0);
    }
}
