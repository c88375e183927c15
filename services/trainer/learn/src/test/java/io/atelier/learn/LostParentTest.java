package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose parent goes away while they have long to go. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostParentTest {
    private static final int FOR_EVER = 100_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Process child;

    @BeforeEach
    void start() throws IOException {
        List<String> line = SmallTraining.in(folder).line("run", FOR_EVER, "--reports", "--leash");
        child = new ProcessBuilder(ChildMain.command(List.of(), line))
                .redirectError(folder.resolve("log").toFile())
                .start();
    }

    @AfterEach
    void end() {
        child.destroyForcibly();
    }

    @Test
    void trainingWhoseStandardInputEndsStopsWithACheckpoint() throws Exception {
        try (BufferedReader reports = child.inputReader(StandardCharsets.UTF_8)) {
            awaitFirstPoint(reports);
            child.getOutputStream().close();
            String last = reports.lines().reduce("", (before, line) -> line);
            assertThat(child.waitFor()).as(log()).isZero();
            assertThat(new JsonMapper().readTree(last).path("type").asText()).isEqualTo("stopped");
        }
        assertStopped();
    }

    @Test
    void trainingWhoseReportsNobodyReadsStopsWithACheckpoint() throws Exception {
        try (BufferedReader reports = child.inputReader(StandardCharsets.UTF_8)) {
            awaitFirstPoint(reports);
        }
        assertThat(child.waitFor()).as(log()).isZero();
        assertStopped();
    }

    private void awaitFirstPoint(BufferedReader reports) throws IOException {
        String line = "";
        while (!line.contains("\"point\"")) {
            line = reports.readLine();
            assertThat(line).as(log()).isNotNull();
        }
    }

    private void assertStopped() throws IOException {
        assertThat(log()).contains("stopped after step").doesNotContain("\tat ");
        assertThat(folder.resolve("run/checkpoints")).isNotEmptyDirectory();
        assertThat(folder.resolve("run/published.json")).doesNotExist();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
