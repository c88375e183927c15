package io.atelier.trainer.runtime.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.Sign;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What all {@link Runs} promise, wherever they keep what attempts leave. */
abstract class RunsContract {
    private static final Duration WEEK = Duration.ofDays(7);

    abstract Runs runs();

    /** What an attempt's training program keeps. */
    abstract void keep(Run run, String path, String text) throws IOException;

    /** What a training program that begins in a run finds there. */
    abstract Optional<String> found(Run run, String path) throws IOException;

    /** Whether anything of an attempt is kept. */
    abstract boolean isKept(JobId job, long epoch);

    /** What the program finds at a path or an address. */
    abstract String taken(String place) throws IOException;

    @Test
    void firstAttemptBeginsWithNothing() throws IOException {
        Run run = runs().prepare(Jobs.fresh(Optional.empty()), 1);
        assertThat(found(run, "settings.json")).isEmpty();
    }

    @Test
    void nextAttemptBeginsWithWhatTheLatestHasKept() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        keep(runs().prepare(job, 1), "settings.json", "first");
        keep(runs().prepare(job, 9), "settings.json", "ninth");
        Run tenth = runs().prepare(job, 10);
        assertThat(found(tenth, "settings.json")).contains("ninth");
    }

    @Test
    void attemptThatLostItsLeaseWritesIntoItsOwnRunOnly() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        Run late = runs().prepare(job, 1);
        keep(late, "settings.json", "first");
        Run next = runs().prepare(job, 2);
        keep(next, "settings.json", found(next, "settings.json").orElseThrow());
        keep(late, "settings.json", "late");
        assertThat(found(next, "settings.json")).contains("first");
    }

    @Test
    void startThatIsRepeatedBeginsWithTheSame() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        keep(runs().prepare(job, 1), "settings.json", "first");
        runs().prepare(job, 2);
        assertThat(found(runs().prepare(job, 2), "settings.json")).contains("first");
    }

    @Test
    void resumedJobBeginsWithWhatTheOtherHasKept() throws IOException {
        Job old = Jobs.fresh(Optional.empty());
        keep(runs().prepare(old, 3), "settings.json", "old");
        Job resumed = Jobs.fresh(Optional.of(old.id()));
        Run first = runs().prepare(resumed, 1);
        assertThat(found(first, "settings.json")).contains("old");
        keep(first, "settings.json", "own");
        assertThat(found(runs().prepare(resumed, 2), "settings.json"))
                .as("its own last attempt counts")
                .contains("own");
    }

    @Test
    void jobWhoseRunIsGoneCannotBeResumed() {
        assertThatThrownBy(() -> runs().prepare(Jobs.fresh(Optional.of(JobId.fresh())), 1))
                .hasMessageContaining("create the training anew")
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.NOTHING_TO_RESUME));
    }

    @Test
    void whatTheProgramTellsOfCanBeOpened() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        Run run = runs().prepare(job, 1);
        keep(run, "samples/step-000000020.png", "picture");
        keep(run, "made/tiny/1/model.json", "{}");
        assertThat(run.file(run.folder().resolve("samples/step-000000020.png")).open())
                .hasContent("picture");
        assertThat(run.file(run.made()).open().resolve("tiny/1/model.json")).hasContent("{}");
    }

    @Test
    void pointsThatNobodyWroteDownAreTold() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        Run run = runs().prepare(job, 2);
        keep(run, "metrics.jsonl", "{\"step\":20,\"loss\":0.5}\n{\"step\":40,\"loss\":0.4}\n");
        keep(run, "samples/step-000000020.png", "told");
        keep(run, "samples/step-000000040.png", "untold");
        SignReader reader = new SignReader(runs().of(job.id(), 2), new Report(20, 80, Map.of(), Optional.empty()));
        assertThat(reader.read("{\"type\":\"started\",\"step\":40,\"steps\":80}"))
                .singleElement()
                .isInstanceOfSatisfying(Sign.Point.class, point -> {
                    assertThat(point.step()).isEqualTo(40);
                    assertThat(point.sample().orElseThrow().open()).hasContent("untold");
                });
    }

    @Test
    void fileIsTakenToTheProgram() throws IOException {
        Run run = runs().prepare(Jobs.fresh(Optional.empty()), 1);
        byte[] bytes = "PK".getBytes(StandardCharsets.UTF_8);
        assertThat(taken(run.take("data.zip", new ByteArrayInputStream(bytes)))).isEqualTo("PK");
    }

    @Test
    void olderAttemptsAreForgotten() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        for (long epoch = 1; epoch <= 3; epoch++) {
            keep(runs().prepare(job, epoch), "settings.json", "{}");
        }
        runs().forgetBefore(job.id(), 3);
        assertThat(isKept(job.id(), 1)).isFalse();
        assertThat(isKept(job.id(), 2)).isFalse();
        assertThat(isKept(job.id(), 3)).isTrue();
    }

    @Test
    void sweepRemovesTheRunsOfEndedJobsThatNobodyHasTouched() throws IOException {
        Job over = Jobs.fresh(Optional.empty());
        Job unfinished = Jobs.fresh(Optional.empty());
        keep(runs().prepare(over, 1), "settings.json", "{}");
        keep(runs().prepare(unfinished, 1), "settings.json", "{}");
        assertThat(runs().sweep(WEEK, Instant.now(), id -> true))
                .as("all are fresh")
                .isZero();
        assertThat(runs().sweep(WEEK, Instant.now().plus(WEEK).plus(WEEK), over.id()::equals))
                .isOne();
        assertThat(isKept(over.id(), 1)).isFalse();
        assertThat(isKept(unfinished.id(), 1)).isTrue();
    }
}
