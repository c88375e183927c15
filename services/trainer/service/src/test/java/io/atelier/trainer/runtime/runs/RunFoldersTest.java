package io.atelier.trainer.runtime.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.trainer.domain.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path root;

    private RunFolders folders;

    @BeforeEach
    void open() {
        folders = new RunFolders(root);
    }

    @Test
    void nextAttemptBeginsWithACopyOfWhatTheLatestHasKept() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        write(prepare(job, 1), "checkpoints/step-000000020/checkpoint.json", "old");
        Path second = prepare(job, 9);
        write(second, "checkpoints/step-000000040/checkpoint.json", "new");
        Path third = prepare(job, 10);
        assertThat(third.resolve("checkpoints/step-000000020/checkpoint.json")).hasContent("old");
        assertThat(third.resolve("checkpoints/step-000000040/checkpoint.json")).hasContent("new");
        write(second, "checkpoints/step-000000060/checkpoint.json", "late");
        assertThat(third.resolve("checkpoints/step-000000060"))
                .as("what an attempt writes that has lost its lease")
                .doesNotExist();
    }

    @Test
    void whatBelongsToTheOldProcessIsLeftBehind() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        Path first = prepare(job, 1);
        write(first, "run.lock", "");
        write(first, "attempt.log", "its words");
        write(first, "metrics.jsonl.tmp", "half");
        write(first, "checkpoints/staged/generator.safetensors", "half");
        write(first, "metrics.jsonl", "{}");
        Path second = prepare(job, 2);
        assertThat(second.resolve("metrics.jsonl")).exists();
        assertThat(second.resolve("run.lock")).doesNotExist();
        assertThat(second.resolve("attempt.log")).doesNotExist();
        assertThat(second.resolve("metrics.jsonl.tmp")).doesNotExist();
        assertThat(second.resolve("checkpoints/staged")).doesNotExist();
    }

    @Test
    void fetchedDataAndModelsAreFetchedAgainAndNotCopied() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        Path first = prepare(job, 1);
        write(first, "data/tiles.zip", "PK");
        write(first, "cache/model.onnx", "");
        write(first, "made/data/1/model.json", "{}");
        Path second = prepare(job, 2);
        assertThat(second.resolve("data")).doesNotExist();
        assertThat(second.resolve("cache")).doesNotExist();
        assertThat(second.resolve("made/data/1/model.json"))
                .as("a model of this name")
                .exists();
    }

    @Test
    void runThatHadPublishedIsCopiedAsSuch() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        Path first = prepare(job, 1);
        write(first, "published.json", "{}");
        write(first, "made/tiny/1/model.json", "{}");
        Path second = prepare(job, 2);
        assertThat(second.resolve("published.json")).exists();
        assertThat(second.resolve("made/tiny/1/model.json")).exists();
    }

    @Test
    void folderThatAnAttemptLeftBeforeItStartedIsMadeAnew() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        write(root.resolve(job.id().toString()).resolve("2.new"), "half", "");
        write(root.resolve(job.id().toString()).resolve("1"), "kept", "");
        Path second = prepare(job, 2);
        assertThat(second).isDirectoryContaining(path -> path.endsWith("kept"));
        assertThat(second.resolve("half")).doesNotExist();
    }

    @Test
    void sweepRemovesTheRunsOfEndedJobsThatNobodyHasTouched() throws IOException {
        Path old = prepare(Jobs.fresh(Optional.empty()), 1);
        Path fresh = prepare(Jobs.fresh(Optional.empty()), 1);
        Job unfinished = Jobs.fresh(Optional.empty());
        Path running = prepare(unfinished, 1);
        Path foreign = Files.createDirectories(root.resolve("notes"));
        age(old, Duration.ofDays(8));
        age(Objects.requireNonNull(old.getParent()), Duration.ofDays(8));
        age(fresh, Duration.ofDays(6));
        age(Objects.requireNonNull(fresh.getParent()), Duration.ofDays(8));
        age(running, Duration.ofDays(8));
        age(Objects.requireNonNull(running.getParent()), Duration.ofDays(8));
        age(foreign, Duration.ofDays(99));
        assertThat(folders.sweep(Duration.ofDays(7), NOW, id -> !id.equals(unfinished.id())))
                .isEqualTo(1);
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(running).as("it writes below, for more than a week").exists();
        assertThat(foreign).exists();
    }

    private Path prepare(Job job, long epoch) {
        return folders.prepare(job, epoch).folder();
    }

    private static void age(Path path, Duration age) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(NOW.minus(age)));
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
