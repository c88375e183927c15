package io.atelier.artifacts.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.StoredOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryOutcomeStoreTest {
    @TempDir
    Path folder;

    private final Clock clock = new Clock();
    private DirectoryStore store;

    @BeforeEach
    void open() {
        store = DirectoryStore.open(StoreSettings.of(folder), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void tornOutcomeCountsAsAbsentAndIsReplaced() throws IOException {
        store.outcomes().putIfAbsent(Samples.outcome("r1", "first", clock.instant()));
        String hex = Samples.key("r1").hex();
        Path file = folder.resolve("outcomes/" + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex + ".json");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 100));
        assertThat(store.outcomes().find(Samples.key("r1"))).isEmpty();
        store.outcomes().putIfAbsent(Samples.outcome("r1", "again", clock.instant()));
        assertThat(text(store.outcomes().find(Samples.key("r1")).orElseThrow())).isEqualTo("again");
    }

    @Test
    void writersInSeveralProcessesAgreeAlsoWhenOneIsKilled() throws Exception {
        List<Process> children =
                IntStream.range(0, 3).mapToObj(i -> child("child" + i)).toList();
        for (int i = 0; children.getFirst().isAlive() && i < 200; i++) {
            int n = i % 20;
            StoredOutcome mine = store.outcomes().putIfAbsent(Samples.outcome("shared" + n, "parent", clock.instant()));
            assertThat(text(store.outcomes().find(mine.key()).orElseThrow())).isEqualTo(text(mine));
            if (i == 20) {
                children.getLast().destroyForcibly();
            }
        }
        for (Process child : children.subList(0, 2)) {
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isZero();
        }
        Set<Path> all;
        try (var walk = Files.walk(folder.resolve("outcomes"))) {
            all = walk.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
        assertThat(all).hasSize(20);
        for (int n = 0; n < 20; n++) {
            assertThat(store.outcomes().find(Samples.key("shared" + n))).isPresent();
        }
    }

    private Process child(String name) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString(),
                            name)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Puts every outcome several times and fails when it meets two different ones. */
    static final class Writer {
        public static void main(String[] args) {
            Clock clock = new Clock();
            try (DirectoryStore store = DirectoryStore.open(StoreSettings.of(Path.of(args[0])), clock)) {
                for (int i = 0; i < 40; i++) {
                    StoredOutcome mine =
                            store.outcomes().putIfAbsent(Samples.outcome("shared" + i % 20, args[1], clock.instant()));
                    if (!text(store.outcomes().find(mine.key()).orElseThrow()).equals(text(mine))) {
                        throw new IllegalStateException("two outcomes under one key");
                    }
                    store.artifacts().put(Samples.work("shared" + i % 20));
                }
            }
        }
    }

    private static String text(StoredOutcome outcome) {
        return new String(outcome.data(), StandardCharsets.UTF_8);
    }
}
