package io.atelier.trainer.runtime.ledger;

import static io.atelier.trainer.runtime.ledger.TestLedger.BODY;
import static io.atelier.trainer.runtime.ledger.TestLedger.SOURCE;
import static io.atelier.trainer.runtime.ledger.TestLedger.asked;
import static io.atelier.trainer.runtime.ledger.TestLedger.order;
import static io.atelier.trainer.runtime.ledger.TestLedger.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobQuery;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.TrainingData;
import io.atelier.trainer.domain.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How jobs end that do not simply succeed, against a real PostgreSQL. */
class JobEndsTest {
    private static final Worker ONE = new Worker("one", "host-1/cpu");
    private static final LedgerSettings SETTINGS = new LedgerSettings(Duration.ofSeconds(20), 3);
    private static final Pace PACE = new Pace(12.5, Duration.ofSeconds(40), 1 << 30, OptionalLong.of(7));

    private final PostgresLedger ledger = new PostgresLedger(SOURCE, TestLedger::event);
    private final PostgresLeases leases = new PostgresLeases(SOURCE, SETTINGS, TestLedger::event);
    private final PostgresOutbox outbox = new PostgresOutbox(SOURCE);

    @BeforeEach
    void empty() {
        Jdbi.create(SOURCE).useHandle(handle -> handle.execute("truncate job, report, outbox"));
    }

    @Test
    void jobWhoseAttemptsDieAgainAndAgainFailsWithTheLastTraces() {
        Job job = ledger.add(asked("a", Entrance.KAFKA), order());
        for (int i = 0; i < 3; i++) {
            assertThat(leases.abandon(leases.claim(ONE).orElseThrow(), "exit code 137"))
                    .isTrue();
        }
        assertThat(leases.claim(ONE)).isEmpty();
        Job ended = ledger.find(job.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(JobState.FAILED);
        assertThat(ended.failure().orElseThrow().code()).isEqualTo(ErrorCode.TRAINING_STUCK.id());
        assertThat(ended.failure().orElseThrow().message()).contains("3 times").contains("exit code 137");
        assertThat(outbox.relay(10, event -> {})).isEqualTo(1);
    }

    @Test
    void attemptThatGetsFurtherThanThoseBeforeItIsNotCountedAgainstTheJob() {
        ledger.add(asked("a", Entrance.GRPC), order());
        for (int i = 1; i < 8; i++) {
            Lease lease = leases.claim(ONE).orElseThrow();
            leases.report(lease, report(i));
            leases.abandon(lease, "killed");
        }
        assertThat(leases.claim(ONE)).isPresent();
    }

    @Test
    void attemptsThatRepeatTheSameStepsAreCounted() {
        Job job = ledger.add(asked("a", Entrance.GRPC), order());
        for (int i = 0; i < 4; i++) {
            Lease lease = leases.claim(ONE).orElseThrow();
            leases.pace(lease, 5, 10, PACE);
            leases.abandon(lease, "killed");
        }
        assertThat(leases.claim(ONE)).isEmpty();
        assertThat(ledger.find(job.id()).orElseThrow().state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void paceIsShownWhileTheJobTrainsAndIsNoPointOfItsCurve() {
        Job job = ledger.add(asked("a", Entrance.GRPC), order());
        Lease lease = leases.claim(ONE).orElseThrow();
        assertThat(leases.pace(lease, 5, 10, PACE)).isTrue();
        assertThat(leases.evaluated(lease, Map.of("accuracy", 0.9))).isTrue();

        Job running = ledger.find(job.id()).orElseThrow();
        assertThat(running.pace()).contains(PACE);
        assertThat(running.latest().step()).isEqualTo(5);
        assertThat(running.evaluation()).containsEntry("accuracy", 0.9);
        assertThat(ledger.reports(job.id(), -1, 10)).isEmpty();
        leases.giveBack(lease);
        assertThat(ledger.find(job.id()).orElseThrow().pace()).isEmpty();
        assertThat(leases.holds(lease)).isFalse();
    }

    @Test
    void jobThatHasTakenItsNumberIsPastCancelling() {
        Job job = ledger.add(asked("a", Entrance.KAFKA), order());
        Lease lease = leases.claim(ONE).orElseThrow();
        leases.enter(lease, JobState.PUBLISHING);
        leases.take(lease, 4);
        assertThat(ledger.cancel(job.id()).orElseThrow().state()).isEqualTo(JobState.PUBLISHING);
        assertThat(leases.holds(lease)).isTrue();
    }

    @Test
    void artifactsOfAJobAreInUseUntilItEnds() {
        Digest archive = Digest.of(new byte[] {1});
        Digest sample = Digest.of(new byte[] {2});
        Order order = new Order(
                "gan-fashion", TrainingData.UPLOADED + archive.hex(), Map.of(), OptionalLong.empty(), Optional.empty());
        ledger.add(asked("a", Entrance.GRPC), order);
        assertThat(ledger.artifactsInUse()).containsExactly(archive);
        Lease lease = leases.claim(ONE).orElseThrow();
        leases.report(lease, new Report(1, 10, Map.of(), Optional.of(sample)));
        assertThat(ledger.artifactsInUse()).containsExactlyInAnyOrder(archive, sample);
        ledger.cancel(lease.job().id());
        assertThat(ledger.artifactsInUse()).isEmpty();
    }

    @Test
    void resumedJobsCurveBeginsWhereTheFirstOnesDid() {
        Job first = ledger.add(asked("a", Entrance.GRPC), order());
        Lease lease = leases.claim(ONE).orElseThrow();
        leases.report(lease, report(10));
        leases.report(lease, report(20));
        ledger.cancel(first.id());
        Order again = new Order(
                order().recipe(), order().data(), order().settings(), order().seed(), Optional.of(first.id()));
        Job resumed = ledger.add(asked("b", Entrance.GRPC), again);
        assertThat(ledger.reports(resumed.id(), -1, 10))
                .extracting(Report::step)
                .containsExactly(10L, 20L);
    }

    @Test
    void refusedRequestFailsOnceAndTellsItOnce() {
        Failure failure = new Failure(ErrorCode.UNKNOWN_RECIPE.id(), "No such recipe.", Optional.of("recipe"));
        Job refused = ledger.refuse(asked("a", Entrance.KAFKA), failure);
        assertThat(refused.state()).isEqualTo(JobState.FAILED);
        assertThat(refused.failure()).contains(failure);
        assertThat(ledger.refuse(asked("a", Entrance.KAFKA), failure)).isEqualTo(refused);
        assertThat(outbox.relay(10, event -> {})).isEqualTo(1);
        assertThat(leases.claim(ONE)).isEmpty();
        assertThat(ledger.list(new JobQuery(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 10)))
                .isEmpty();

        Asked other = new Asked(
                refused.asked().key(),
                Optional.of(Digest.of(new byte[2])),
                Entrance.KAFKA,
                "me",
                "a",
                "me",
                Deadline.NEVER);
        assertThatThrownBy(() -> ledger.refuse(other, failure))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.REQUEST_CONFLICT));
    }

    @Test
    void jobWhoseTimeRanOutBeforeItBeganFails() {
        Asked asked = asked("a", Entrance.KAFKA);
        Asked late = new Asked(
                asked.key(),
                Optional.of(BODY),
                Entrance.KAFKA,
                "me",
                "a",
                "me",
                new Deadline(Instant.now().minusSeconds(60)));
        Job job = ledger.add(late, order());
        assertThat(leases.claim(ONE)).isEmpty();
        assertThat(ledger.find(job.id()).orElseThrow().failure().orElseThrow().code())
                .isEqualTo(ErrorCode.DEADLINE.id());
        assertThat(outbox.relay(10, event -> {})).isEqualTo(1);
    }
}
