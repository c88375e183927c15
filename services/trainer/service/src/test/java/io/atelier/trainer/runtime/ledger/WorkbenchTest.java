package io.atelier.trainer.runtime.ledger;

import static io.atelier.trainer.runtime.ledger.TestLedger.BODY;
import static io.atelier.trainer.runtime.ledger.TestLedger.SOURCE;
import static io.atelier.trainer.runtime.ledger.TestLedger.asked;
import static io.atelier.trainer.runtime.ledger.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.BenchSettings;
import io.atelier.trainer.domain.BenchTools;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Published;
import io.atelier.trainer.domain.Publisher;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.RunFile;
import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.Sign;
import io.atelier.trainer.domain.Workbench;
import io.atelier.trainer.domain.Worker;
import io.atelier.trainer.runtime.ledger.ScriptedRunner.Scripted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a workbench makes of what attempts tell, in a real ledger. */
class WorkbenchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Published MODEL = new Published("tiny", 1, BODY);
    private static final Sign MADE = new Sign.Made(RunFile.at(Path.of("made")), true);

    private final PostgresLedger ledger = new PostgresLedger(SOURCE, TestLedger::event);
    private final PostgresLeases leases = new PostgresLeases(SOURCE, new LedgerSettings(LEASE, 3), TestLedger::event);
    private @Nullable Workbench bench;
    private @Nullable Thread thread;

    @BeforeEach
    void empty() {
        Jdbi.create(SOURCE).useHandle(handle -> handle.execute("truncate job, report, outbox"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (bench != null && thread != null) {
            bench.stop();
            thread.join();
        }
    }

    @Test
    void trainingThatMakesAModelSucceedsWithItsCurveAndItsMeasures() {
        ScriptedRunner runner = new ScriptedRunner(lease -> List.of(
                point(20),
                new Sign.Saved(20),
                point(40),
                new Sign.Evaluating(),
                new Sign.Evaluated(Map.of("accuracy", 0.9)),
                MADE));
        work(runner);
        Job ended = awaitState(add("a"), JobState.SUCCEEDED);
        assertThat(ended.model()).contains(MODEL);
        assertThat(ended.takenVersion()).isEqualTo(OptionalLong.of(1));
        assertThat(ended.evaluation()).containsEntry("accuracy", 0.9);
        assertThat(ledger.reports(ended.id(), -1, 10)).extracting(Report::step).containsExactly(20L, 40L);
        await().atMost(PATIENCE).until(() -> runner.attempts().getFirst().closed);
    }

    @Test
    void attemptThatVanishesIsFollowedByAnother() {
        ScriptedRunner runner = new ScriptedRunner(
                lease -> lease.epoch() == 1 ? List.of(point(20), new Sign.Vanished("code 137")) : List.of(MADE));
        work(runner);
        awaitState(add("a"), JobState.SUCCEEDED);
        assertThat(runner.attempts()).hasSize(2);
    }

    @Test
    void trainingThatFailsEndsItsJobAndTheNextJobRuns() {
        Failure corrupt = new Failure(ErrorCode.DATA_CORRUPT.id(), "Replace it.", Optional.of("data"));
        Job first = add("a");
        work(new ScriptedRunner(
                lease -> List.of(lease.job().id().equals(first.id()) ? new Sign.Failed(corrupt) : MADE)));
        assertThat(awaitState(first, JobState.FAILED).failure()).contains(corrupt);
        awaitState(add("b"), JobState.SUCCEEDED);
    }

    @Test
    void jobThatCannotBeRunAtAllFailsWithTheReason() {
        Problem gone = Problem.of(ErrorCode.NOTHING_TO_RESUME, "Nothing is left to go on from.");
        work(lease -> {
            throw gone.exception();
        });
        assertThat(awaitState(add("a"), JobState.FAILED).failure()).contains(Failure.of(gone));
    }

    @Test
    void jobWhoseDataIsOutOfReachWaitsForItAndLosesNoClaim() {
        ScriptedRunner runner = new ScriptedRunner(lease -> List.of(MADE));
        AtomicInteger tries = new AtomicInteger();
        work(lease -> {
            if (tries.incrementAndGet() <= 6) {
                throw Problem.of(ErrorCode.STORE_UNAVAILABLE, "The store is away.")
                        .exception();
            }
            return runner.start(lease);
        });
        Job job = add("a");
        awaitState(job, JobState.SUCCEEDED);
        assertThat(epoch(job)).as("six tries under one claim").isEqualTo(1);
    }

    @Test
    void jobThatWaitsForItsDataCanBeCancelledAndGivenBack() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        work(lease -> {
            tries.incrementAndGet();
            throw Problem.of(ErrorCode.STORE_UNAVAILABLE, "The store is away.").exception();
        });
        Job first = add("a");
        Job second = add("b");
        await().atMost(PATIENCE).until(() -> tries.get() > 1);
        ledger.cancel(first.id());
        await().atMost(PATIENCE).until(() -> find(second).state() == JobState.RUNNING);
        assertThat(find(first).state()).isEqualTo(JobState.CANCELLED);
        stop();
        assertThat(find(second).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void attemptThatStartsAfterItsLeaseIsLostIsEnded() {
        ScriptedRunner runner = new ScriptedRunner(lease -> List.of());
        CountDownLatch fetching = new CountDownLatch(1);
        work(lease -> {
            Attempt late = runner.start(lease);
            awaitUninterruptibly(fetching);
            return late;
        });
        Job job = add("a");
        await().atMost(PATIENCE).until(() -> !runner.attempts().isEmpty());
        ledger.cancel(job.id());
        Job next = add("b");
        await().atMost(PATIENCE).until(() -> find(next).state() == JobState.RUNNING);
        Scripted late = runner.attempts().getFirst();
        assertThat(late.closed).isFalse();
        fetching.countDown();
        await().atMost(PATIENCE).until(() -> late.closed);
    }

    @Test
    void modelWaitsForARepositoryOutOfReach() {
        AtomicInteger tries = new AtomicInteger();
        ScriptedRunner runner = new ScriptedRunner(lease -> List.of(MADE));
        work(runner, (job, folder, promote, take) -> {
            assertThat(take.test(1)).isTrue();
            if (tries.incrementAndGet() <= 6) {
                throw Problem.of(ErrorCode.REPOSITORY_UNAVAILABLE, "The repository is away.")
                        .exception();
            }
            return MODEL;
        });
        awaitState(add("a"), JobState.SUCCEEDED);
        assertThat(runner.attempts()).as("trained once").hasSize(1);
    }

    @Test
    void fullDiskFailsTheJobByItsCodeAndAnyOtherFaultByItsTraces() {
        Job first = add("a");
        work(lease -> {
            throw new UncheckedIOException(new IOException(
                    lease.job().id().equals(first.id()) ? "work: No space left on device" : "the disk is odd"));
        });
        assertThat(awaitState(first, JobState.FAILED).failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL.id()));
        assertThat(awaitState(add("b"), JobState.FAILED).failure()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.TRAINING_STUCK.id());
            assertThat(failure.message()).contains("the disk is odd");
        });
    }

    @Test
    void cancelledTrainingIsAskedToKeepItsLastStep() {
        ScriptedRunner runner = new ScriptedRunner(lease -> List.of(point(20)));
        work(runner);
        Job job = add("a");
        awaitPoint(job);
        ledger.cancel(job.id());
        Scripted attempt = runner.attempts().getFirst();
        await().atMost(PATIENCE).until(() -> attempt.closed);
        assertThat(attempt.stopped).isTrue();
        assertThat(find(job).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void workerWhoseLeaseIsLostEndsItsAttemptAndWritesNothing() {
        ScriptedRunner runner = new ScriptedRunner(lease -> List.of(point(20)));
        work(runner);
        Job job = add("a");
        awaitPoint(job);
        Jdbi.create(SOURCE)
                .useHandle(handle -> handle.execute("update job set epoch = epoch + 1, device = 'host-2/cpu',"
                        + " lease_until = clock_timestamp() + interval '1 hour'"));
        Scripted attempt = runner.attempts().getFirst();
        attempt.tell(point(40));
        attempt.tell(MADE);
        await().atMost(PATIENCE).until(() -> attempt.closed);
        assertThat(attempt.stopped)
                .as("another has it: there is nothing to keep")
                .isFalse();
        assertThat(find(job).state()).isEqualTo(JobState.RUNNING);
        assertThat(ledger.reports(job.id(), -1, 10)).extracting(Report::step).containsExactly(20L);
    }

    @Test
    void stoppingWorkerGivesItsJobBackAfterTheAttemptHasEnded() throws InterruptedException {
        ScriptedRunner runner = new ScriptedRunner(lease -> List.of(point(20)));
        work(runner);
        Job job = add("a");
        awaitPoint(job);
        stop();
        Scripted attempt = runner.attempts().getFirst();
        assertThat(attempt.stopped).isTrue();
        assertThat(attempt.closed).isTrue();
        assertThat(find(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(leases.claim(new Worker("two", "host-2/cpu")))
                .map(Lease::job)
                .map(Job::id)
                .contains(job.id());
    }

    private Job add(String id) {
        Job job = ledger.add(asked(id, Entrance.GRPC), order());
        if (bench != null) {
            bench.nudge();
        }
        return job;
    }

    private void work(Runner runner) {
        work(runner, (job, folder, promote, take) -> {
            assertThat(take.test(1)).isTrue();
            return MODEL;
        });
    }

    private void work(Runner runner, Publisher publisher) {
        Workbench started = new Workbench(
                new Worker("one", "host-1/cpu"),
                new BenchTools(
                        leases,
                        ledger,
                        runner,
                        publisher,
                        (job, step, file) -> Optional.empty(),
                        (job, step, total) -> {}),
                new BenchSettings(
                        LEASE,
                        Duration.ofMillis(20),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100)),
                InstantSource.system());
        bench = started;
        thread = Thread.ofVirtual().start(() -> {
            try {
                started.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Sign point(long step) {
        return new Sign.Point(step, 40, Map.of("loss", 1.0 / step), Optional.empty());
    }

    private void awaitPoint(Job job) {
        await().atMost(PATIENCE).until(() -> !ledger.reports(job.id(), -1, 1).isEmpty());
    }

    private Job awaitState(Job job, JobState state) {
        return await().atMost(PATIENCE)
                .until(() -> find(job), found -> found.state().isEnd() || found.state() == state);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long epoch(Job job) {
        return Jdbi.create(SOURCE)
                .withHandle(handle -> handle.createQuery("select epoch from job where id = :id")
                        .bind("id", job.id().value())
                        .mapTo(Long.class)
                        .one());
    }

    private Job find(Job job) {
        return ledger.find(job.id()).orElseThrow();
    }
}
