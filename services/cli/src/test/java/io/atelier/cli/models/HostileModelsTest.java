package io.atelier.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.cli.Run;
import io.atelier.kit.models.TinyForeign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class HostileModelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> hostileModelIsRefusedInTimeOnOneLineAndLeavesNothing() {
        return HostileModel.all().stream()
                .map(hostile -> DynamicTest.dynamicTest(hostile.name(), () -> {
                    refuse(hostile);
                }));
    }

    @Test
    void goodModelIsImportedRightAfterHostileOnes() throws IOException {
        HostileModel.all().stream()
                .filter(hostile -> hostile.name().contains("gigabytes"))
                .forEach(hostile -> {
                    try {
                        refuse(hostile);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
        Path good = Files.write(
                folder.resolve("good.onnx"), TinyForeign.fixedClassifier().model());
        Path repository = Files.createDirectories(folder.resolve("good"));

        Run run = run("image.classify", good, repository);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(repository.resolve("foreign/1/model.json")).exists();
        assertThat(leftovers()).isEmpty();
    }

    private void refuse(HostileModel hostile) throws IOException {
        Path own = Files.createTempDirectory(folder, "hostile");
        Path repository = Files.createDirectory(own.resolve("repository"));
        Path source = hostile.files().write(Files.createDirectory(own.resolve("source")));
        long began = System.nanoTime();

        Run run = run(hostile.task(), source, repository);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
        assertThat(run.code()).as(run.out()).isEqualTo(1);
        assertThat(run.err().strip())
                .hasLineCount(1)
                .hasSizeLessThan(1000)
                .contains(hostile.code())
                .contains(hostile.reason());
        assertThat(run.out()).isEmpty();
        assertThat(repository).isEmptyDirectory();
        assertThat(leftovers()).isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    private static Run run(String task, Path model, Path repository) {
        return Run.of(
                "models",
                "import",
                "--task",
                task,
                "--name",
                "foreign",
                "--range",
                "0..1",
                "--repository",
                repository.toString(),
                "--state",
                repository.resolveSibling("state").toString(),
                model.toString());
    }

    private static Set<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("atelier-import-"))
                    .collect(Collectors.toSet());
        }
    }
}
