package io.atelier.artifacts.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionSweepTest {
    private static final Duration DAY = Duration.ofDays(1);

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
    void leftoversOfAKilledPutAreSweptAfterADay() throws IOException {
        Path staged = Files.writeString(folder.resolve("staging/left"), "half");
        Path orphan = folder.resolve("artifacts/ab/cd/" + "ab" + "cd" + "0".repeat(60));
        Files.createDirectories(folder.resolve("artifacts/ab/cd"));
        Files.writeString(orphan, "bytes without a sidecar");
        Files.setLastModifiedTime(staged, FileTime.from(clock.instant()));
        Files.setLastModifiedTime(orphan, FileTime.from(clock.instant()));
        store.sweep();
        assertThat(staged).exists();
        assertThat(orphan).exists();
        assertThat(store.usedBytes()).isEqualTo(23);
        clock.pass(DAY.multipliedBy(2));
        store.sweep();
        assertThat(staged).doesNotExist();
        assertThat(orphan).doesNotExist();
        assertThat(store.usedBytes()).isZero();
    }

    @Test
    void lostLedgerIsCountedAnew() throws IOException {
        store.artifacts().put(Samples.text("twelve bytes"));
        store.close();
        Files.delete(folder.resolve("ledger"));
        store = DirectoryStore.open(StoreSettings.of(folder), clock);
        assertThat(store.usedBytes()).isEqualTo(12);
    }
}
