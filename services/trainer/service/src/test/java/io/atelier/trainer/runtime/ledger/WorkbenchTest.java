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
import io.atelier.trainer.domain.BenchSettings;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Published;
import io.atelier.trainer.domain.Publisher;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.Sign;
import io.atelier.trainer.domain.Workbench;
import io.atelier.trainer.domain.Worker;
import io.atelier.trainer.runtime.ledger.ScriptedRunner.Scripted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    private static final Sign MADE = new Sign.Made(Path.of("made"), true);

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
        Publisher publisher = (job, folder, promote, take) -> {
            assertThat(take.test(1)).isTrue();
            return MODEL;
        };
        Workbench started = new Workbench(
                new Worker("one", "host-1/cpu"),
                leases,
                ledger,
                runner,
                publisher,
                (job, step, file) -> Optional.empty(),
                (job, step, total) -> {},
                new BenchSettings(LEASE, Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofSeconds(10)),
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

    private Job find(Job job) {
        return ledger.find(job.id()).orElseThrow();
    }
}
