package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.recipe.FashionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Begins trainings in processes in which OpenBLAS is loaded, or MKL, where both ship. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class SlowBlasTest {
    /** What is refused next, so that no run trains: two threads on a busy machine take a minute. */
    private static final String NEXT = "data.validation must be between 0 and 59";

    private static final String OPENBLAS = "-Dorg.bytedeco.openblas.load=";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Ran(int exit, String err) {}

    @BeforeEach
    void makeData() throws IOException {
        FashionFiles.write(folder.resolve("data"), 60, 20);
    }

    @Test
    void trainingOnOpenBlasIsRefusedUnlessAnyWillDo() throws Exception {
        Ran refused = train("run", List.of(OPENBLAS));
        assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).doesNotContain("\tat ");
        assertThat(refused.err().lines().toList().getLast()).contains("OpenBLAS", "MKL", "compute.blas=any");

        Ran allowed = train("run", List.of(OPENBLAS), "--set", "compute.blas=any");
        assertThat(allowed.err()).contains("2 threads", "OpenBLAS on one thread");
        assertThat(allowed.err().lines().toList().getLast()).contains(NEXT);
    }

    @Test
    void trainingOnMklNeedsNoOptionOfTheJvm() throws Exception {
        Ran fast = train("run", List.of());
        assertThat(fast.err()).contains("2 threads").contains("MKL");
        assertThat(fast.err().lines().toList().getLast()).contains(NEXT);
    }

    private Ran train(String run, List<String> options, String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("train", "cnn-fashion", "--threads", "2", "--device", "cpu"));
        line.addAll(List.of("--data", folder.resolve("data").toString()));
        line.addAll(List.of("--out", folder.resolve(run).toString()));
        line.addAll(List.of("--repository", folder.resolve("models").toString()));
        line.addAll(List.of("--set", "data.validation=60"));
        line.addAll(List.of(more));
        Path err = Files.createTempFile(folder, "train", ".log");
        int exit = ChildMain.start(folder.resolve("out"), err, options, line).waitFor();
        return new Ran(exit, Files.readString(err));
    }
}
