package io.atelier.artifacts.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.kernel.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void unnamedArtifactIsKeptSevenDaysAfterItsLastPut() {
        ArtifactInfo info = store.artifacts().put(Samples.text("input"));
        clock.pass(DAY.multipliedBy(6));
        store.sweep();
        store.artifacts().put(Samples.text("input")); // renews
        clock.pass(DAY.multipliedBy(6));
        store.sweep();
        assertThat(store.artifacts().find(info.id())).isPresent();
        clock.pass(DAY.multipliedBy(2));
        assertThat(store.sweep()).contains(new SweepReport(0, 1, 0));
        assertThat(store.artifacts().find(info.id())).isEmpty();
        assertThat(store.usedBytes()).isZero();
    }

    @Test
    void artifactIsKeptAsLongAsAnOutcomeNamesIt() {
        ArtifactInfo info = store.artifacts().put(Samples.work("named"));
        store.artifacts().put(Samples.work("unnamed"));
        clock.pass(DAY.multipliedBy(5));
        store.outcomes().putIfAbsent(Samples.outcome("r1", "done", clock.instant(), info.id()));
        clock.pass(DAY.multipliedBy(6));
        assertThat(store.sweep()).contains(new SweepReport(0, 1, 5));
        assertThat(store.artifacts().find(info.id())).isPresent();
        clock.pass(DAY.multipliedBy(2));
        assertThat(store.sweep()).contains(new SweepReport(1, 1, 0));
        assertThat(store.artifacts().find(info.id())).isEmpty();
        assertThat(store.outcomes().find(Samples.key("r1"))).isEmpty();
    }

    @Test
    void outcomeIsNeverLeftWithoutItsArtifacts() throws IOException {
        Digest id = store.artifacts().put(Samples.work("work")).id();
        store.outcomes().putIfAbsent(Samples.outcome("old", "done", clock.instant(), id));
        clock.pass(DAY.multipliedBy(4));
        store.outcomes().putIfAbsent(Samples.outcome("young", "done", clock.instant(), id));
        clock.pass(DAY.multipliedBy(4));
        assertThat(store.sweep()).contains(new SweepReport(1, 0, 4));
        assertThat(store.outcomes().find(Samples.key("young"))).isPresent();
        assertThat(store.artifacts().find(id)).isPresent();
    }

    @Test
    void sweepNeverTakesWhatAPutRenewedMeanwhile() {
        List<Digest> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(store.artifacts().put(Samples.work("work" + i)).id());
        }
        try (DirectoryStore other = DirectoryStore.open(StoreSettings.of(folder), clock)) {
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> sweeping = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    other.sweep();
                }
            });
            for (int round = 0; round < 4; round++) {
                clock.pass(DAY.multipliedBy(8)); // all are due, until they are put again
                for (int i = 0; i < 8; i++) {
                    store.artifacts().put(Samples.work("work" + i));
                    assertThat(store.artifacts().find(ids.get(i))).isPresent();
                }
            }
            enough.set(true);
            sweeping.join();
        }
        ids.forEach(id -> assertThat(store.artifacts().find(id)).isPresent());
        long bytes = ids.stream()
                .mapToLong(id -> store.artifacts().find(id).orElseThrow().size())
                .sum();
        assertThat(store.usedBytes()).isEqualTo(bytes);
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
