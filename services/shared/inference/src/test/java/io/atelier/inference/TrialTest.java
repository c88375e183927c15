package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.atelier.inference.trial.Feed;
import io.atelier.inference.trial.Seen;
import io.atelier.inference.trial.Shot;
import io.atelier.inference.trial.Trial;
import io.atelier.inference.trial.TrialLimits;
import io.atelier.inference.trial.TrialReport;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
    private static final TrialLimits LIMITS = new TrialLimits(Duration.ofSeconds(60), 1024, 2);

    @TempDir
    Path folder;

    @Test
    void reportTellsWhatCameOutOfEveryRunAndWhyOneFailed() throws IOException {
        Shot good = new Shot("good", List.of(Feed.floats("x", List.of(2L, 4L), 5, 5)));
        Shot bad = new Shot("bad", List.of(Feed.floats("x", List.of(2L, 3L), 5, 5)));
        TrialReport report = trial(LIMITS).run(graph(TestGraphs.adder(1)), List.of(good, bad));

        assertThat(report.steady()).isTrue();
        assertThat(report.runs().getFirst())
                .returns(Optional.empty(), TrialReport.Ran::failure)
                .returns(List.of(new Seen("y", true, List.of(2L, 4L), 6, 6, 48, true)), TrialReport.Ran::outputs);
        assertThat(report.runs().getLast().failure())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("invalid dimensions").doesNotContain("Error code"));
    }

    @Test
    void graphThatCannotBeLoadedIsRefusedWithOnnxRuntimesReason() throws IOException {
        Path graph = graph(TestGraphs.unknownOperator());

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> trial(LIMITS).run(graph, List.of(new Shot("none", List.of()))));
        assertThat(refused.problem().code()).isEqualTo(ErrorCode.TRIAL_FAILED);
        assertThat(refused.problem().message())
                .contains("Transmogrify")
                .doesNotContain(folder.toString())
                .doesNotContain("Error code");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void childHasNoEnvironmentAndLimitsAndIsGoneWhenItIsLate() throws IOException {
        Path graph = graph(TestGraphs.looper());
        Shot endless = new Shot(
                "endless",
                List.of(Feed.floats("x", List.of(1L, 4L), 0, 1), Feed.longs("steps", List.of(1L), 1L << 62)));
        TrialLimits tight = new TrialLimits(Duration.ofSeconds(8), 1024, 1);
        CompletableFuture<ProblemException> late = CompletableFuture.supplyAsync(() ->
                catchThrowableOfType(ProblemException.class, () -> trial(tight).run(graph, List.of(endless))));
        await().atMost(Duration.ofSeconds(8)).until(() -> child().isPresent());
        ProcessHandle child = child().orElseThrow();
        Path proc = Path.of("/proc", Long.toString(child.pid()));

        assertThat(Files.readAllBytes(proc.resolve("environ"))).isEmpty();
        assertThat(Files.readString(proc.resolve("limits")))
                .containsPattern("Max cpu time +9 ")
                .containsPattern("Max file size +67108864 ")
                .containsPattern("Max core file size +0 ")
                .containsPattern("Max address space +" + (1024L + 512 + 1024) * 1024 * 1024 + " ");
        assertThat(late.join().problem().message()).contains("more than 8 s").contains("--trial-seconds");
        assertThat(child.isAlive()).isFalse();
    }

    /** The JVM of a trial, once its limits are set. */
    private static Optional<ProcessHandle> child() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
            return children.filter(child -> child.info().command().orElse("").endsWith("java"))
                    .findFirst();
        }
    }

    private Path graph(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.onnx"), bytes);
    }

    private Trial trial(TrialLimits limits) {
        try {
            return new Trial(limits, Files.createTempDirectory(folder, "scratch"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
