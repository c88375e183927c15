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

/** Trains in processes in which OpenBLAS is loaded, or MKL, where both ship. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class SlowBlasTest {
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
        assertThat(allowed.exit())
                .as("the refused run left its folder free: " + allowed.err())
                .isZero();
        assertThat(allowed.err()).contains("2 threads", "OpenBLAS on one thread");
    }

    @Test
    void trainingOnMklNeedsNoOptionOfTheJvm() throws Exception {
        Ran fast = train("run", List.of());
        assertThat(fast.exit()).as(fast.err()).isZero();
        assertThat(fast.err()).contains("2 threads").contains("MKL");
    }

    private Ran train(String run, List<String> options, String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("train", "cnn-fashion", "--threads", "2", "--device", "cpu"));
        line.addAll(List.of("--data", folder.resolve("data").toString()));
        line.addAll(List.of("--out", folder.resolve(run).toString()));
        line.addAll(List.of("--repository", folder.resolve("models").toString()));
        for (String setting : List.of(
                "architecture.stages=[4,6,8]",
                "architecture.features=8",
                "data.validation=10",
                "schedule.batch=10",
                "schedule.epochs=1")) {
            line.addAll(List.of("--set", setting));
        }
        line.addAll(List.of(more));
        Path err = Files.createTempFile(folder, "train", ".log");
        int exit = ChildMain.start(folder.resolve("out"), err, options, line).waitFor();
        return new Ran(exit, Files.readString(err));
    }
}
