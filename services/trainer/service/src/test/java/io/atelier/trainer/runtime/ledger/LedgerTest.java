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
import io.atelier.trainer.domain.End;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.JobQuery;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.OutboxEvent;
import io.atelier.trainer.domain.Published;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger against a real PostgreSQL. */
class LedgerTest {
    private static final Worker ONE = new Worker("one", "host-1/cpu");
    private static final Worker TWO = new Worker("two", "host-2/cpu");
    private static final Published MODEL = new Published("gan-fashion", 3, BODY);

    private final PostgresLedger ledger = new PostgresLedger(SOURCE, TestLedger::event);
    private final PostgresLeases leases = leases(Duration.ofSeconds(20));
    private final PostgresOutbox outbox = new PostgresOutbox(SOURCE);

    @BeforeEach
    void empty() {
        Jdbi.create(SOURCE).useHandle(handle -> handle.execute("truncate job, report, outbox"));
    }

    @Test
    void repeatedRequestIsTheSameJobAndAnotherBodyIsRefused() {
        Job first = ledger.add(asked("a", Entrance.GRPC), order());
        assertThat(ledger.add(asked("a", Entrance.GRPC), order())).isEqualTo(first);
        assertThat(ledger.find(first.id())).contains(first);

        Asked other = new Asked(
                first.asked().key(),
                Optional.of(Digest.of(new byte[1])),
                Entrance.GRPC,
                "me",
                "a",
                "me",
                Deadline.NEVER);
        refused(ErrorCode.REQUEST_CONFLICT, () -> ledger.add(other, order()));
    }

    @Test
    void jobsAreClaimedOldestFirstAndEachOnce() {
        Job first = ledger.add(asked("a", Entrance.GRPC), order());
        Job second = ledger.add(asked("b", Entrance.GRPC), order());

        assertThat(leases.claim(ONE).orElseThrow().job().id()).isEqualTo(first.id());
        assertThat(leases.claim(TWO).orElseThrow().job().id()).isEqualTo(second.id());
        assertThat(leases.claim(new Worker("three", "host-3/cpu"))).isEmpty();
    }

    @Test
    void crowdOfWorkersSharesJobsWithoutTakingOneTwice() throws Exception {
        for (int i = 0; i < 20; i++) {
            ledger.add(asked("job-" + i, Entrance.GRPC), order());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Optional<Lease>>> claims = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Worker worker = new Worker("w" + i, "device-" + i);
                claims.add(threads.submit(() -> leases.claim(worker)));
            }
            Set<JobId> taken = new HashSet<>();
            for (Future<Optional<Lease>> claim : claims) {
                claim.get()
                        .ifPresent(
                                lease -> assertThat(taken.add(lease.job().id())).isTrue());
            }
            assertThat(taken).hasSize(20);
        }
    }

    @Test
    void deviceRunsOneJobAtATime() {
        ledger.add(asked("a", Entrance.GRPC), order());
        ledger.add(asked("b", Entrance.GRPC), order());
        Lease running = leases.claim(ONE).orElseThrow();
        assertThat(leases.claim(new Worker("beside", ONE.device()))).isEmpty();

        leases.end(running, new End.Succeeded(MODEL));
        assertThat(leases.claim(ONE)).isPresent();
    }

    @Test
    void lateWorkerCannotWriteOnceAnotherHasItsJob() {
        ledger.add(asked("a", Entrance.GRPC), order());
        Lease late = leases(Duration.ofMillis(1)).claim(ONE).orElseThrow();
        Lease next = claimed(leases, TWO);

        assertThat(next.job().id()).isEqualTo(late.job().id());
        assertThat(next.epoch()).isGreaterThan(late.epoch());
        assertThat(leases.renew(late)).isFalse();
        assertThat(leases.report(late, report(9))).isFalse();
        assertThat(leases.enter(late, JobState.PUBLISHING)).isFalse();
        assertThat(leases.take(late, 4)).isFalse();
        assertThat(leases.end(late, new End.Succeeded(MODEL))).isFalse();
        assertThat(leases.giveBack(late)).isFalse();
        assertThat(ledger.reports(late.job().id(), 0, 10)).isEmpty();
        assertThat(leases.end(next, new End.Succeeded(MODEL))).isTrue();
        assertThat(ledger.find(next.job().id()).orElseThrow().model()).contains(MODEL);
    }

    @Test
    void workerThatWasPausedBeyondItsLeaseCannotWriteEvenIfNobodyTookItsJob() {
        ledger.add(asked("a", Entrance.GRPC), order());
        PostgresLeases brief = leases(Duration.ofMillis(1));
        Lease paused = brief.claim(ONE).orElseThrow();
        while (brief.renew(paused)) {
            Thread.onSpinWait(); // until the database's clock has passed a whole lease between two renewals
        }
        assertThat(leases.end(paused, new End.Succeeded(MODEL))).isFalse();
        assertThat(ledger.find(paused.job().id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void endStateIsReachedOnceAndItsEventIsSentUntilTheBrokerHasIt() {
        Job job = ledger.add(asked("a", Entrance.KAFKA), order());
        Lease lease = leases.claim(ONE).orElseThrow();
        assertThat(leases.end(lease, new End.Failed(new Failure("ATELIER-X-0001", "No data.", Optional.of("data")))))
                .isTrue();
        assertThat(leases.end(lease, new End.Succeeded(MODEL))).isFalse();
        assertThat(ledger.cancel(job.id()).orElseThrow().state()).isEqualTo(JobState.FAILED);

        assertThatThrownBy(() -> outbox.relay(10, event -> {
                    throw new IllegalStateException("no broker");
                }))
                .hasMessageContaining("no broker");
        List<OutboxEvent> sent = new ArrayList<>();
        assertThat(outbox.relay(10, sent::add)).isEqualTo(1);
        assertThat(outbox.relay(10, sent::add)).isZero();
        assertThat(sent).singleElement().satisfies(event -> {
            assertThat(event.key()).isEqualTo(job.asked().key().hex());
            assertThat(event.attributes()).containsEntry("state", "FAILED");
        });
    }

    @Test
    void jobAskedForByACallSendsNoEvent() {
        ledger.add(asked("a", Entrance.GRPC), order());
        leases.end(leases.claim(ONE).orElseThrow(), new End.Succeeded(MODEL));
        assertThat(outbox.relay(10, event -> {})).isZero();
    }

    @Test
    void cancelledJobLeavesItsWorkerWithoutALease() {
        Job job = ledger.add(asked("a", Entrance.KAFKA), order());
        Lease lease = leases.claim(ONE).orElseThrow();
        assertThat(ledger.cancel(job.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(leases.renew(lease)).isFalse();
        assertThat(leases.claim(ONE)).isEmpty();
        assertThat(outbox.relay(10, event -> {})).isEqualTo(1);
        assertThat(ledger.cancel(JobId.fresh())).isEmpty();
    }

    @Test
    void requestThatWasCancelledBeforeItCameIsCancelledOnce() {
        Asked asked = asked("a", Entrance.KAFKA);
        Asked unseen = new Asked(asked.key(), Optional.empty(), Entrance.KAFKA, "me", "a", "me", Deadline.NEVER);
        assertThat(ledger.cancel(unseen).state()).isEqualTo(JobState.CANCELLED);
        assertThat(ledger.cancel(unseen).state()).isEqualTo(JobState.CANCELLED);

        Job come = ledger.add(asked, order());
        assertThat(come.state()).isEqualTo(JobState.CANCELLED);
        assertThat(come.order()).isEqualTo(order());
        assertThat(leases.claim(ONE)).isEmpty();
        assertThat(outbox.relay(10, event -> {})).isEqualTo(1);
    }

    @Test
    void reportsMakeOneCurveHoweverOftenStepsAreRepeated() {
        Job job = ledger.add(asked("a", Entrance.GRPC), order());
        Lease lease = leases.claim(ONE).orElseThrow();
        leases.report(lease, report(50));
        leases.report(lease, new Report(100, 1000, Map.of("loss", 0.5), Optional.of(BODY)));
        leases.report(lease, new Report(100, 1000, Map.of("val_loss", 0.7), Optional.empty()));
        leases.report(lease, report(50));

        assertThat(ledger.reports(job.id(), 0, 10))
                .containsExactly(
                        report(50), new Report(100, 1000, Map.of("loss", 0.5, "val_loss", 0.7), Optional.of(BODY)));
        assertThat(ledger.reports(job.id(), 50, 10)).hasSize(1);
        assertThat(ledger.find(job.id()).orElseThrow().latest().step()).isEqualTo(50);
    }

    @Test
    void jobThatLosesItsWorkersWithoutAStepForwardFailsInTheEnd() {
        Job job = ledger.add(asked("a", Entrance.GRPC), order());
        PostgresLeases brief = leases(Duration.ofMillis(1));
        for (int i = 0; i < LedgerSettings.defaults().barrenClaims(); i++) {
            claimed(brief, ONE);
        }
        Job ended = job;
        while (!ended.state().isEnd()) {
            assertThat(brief.claim(ONE)).isEmpty();
            ended = ledger.find(job.id()).orElseThrow();
        }
        assertThat(ended.failure().orElseThrow().code()).isEqualTo(ErrorCode.TRAINING_STUCK.id());
    }

    @Test
    void stepForwardForgivesTheWorkersThatWereLost() {
        Job job = ledger.add(asked("a", Entrance.GRPC), order());
        PostgresLeases brief = leases(Duration.ofMillis(200));
        for (int i = 1; i <= 2 * LedgerSettings.defaults().barrenClaims(); i++) {
            Lease lease = claimed(brief, ONE);
            assertThat(brief.report(lease, report(i))).isTrue();
            Jdbi.create(SOURCE).useHandle(handle -> handle.execute("update job set lease_until = clock_timestamp()"));
        }
        assertThat(ledger.find(job.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void workerThatStopsInOrderGivesItsJobBack() {
        Job job = ledger.add(asked("a", Entrance.GRPC), order());
        Lease lease = leases.claim(ONE).orElseThrow();
        assertThat(leases.take(lease, 7)).isTrue();
        assertThat(leases.giveBack(lease)).isTrue();
        assertThat(leases.renew(lease)).isFalse();

        Lease next = leases.claim(TWO).orElseThrow();
        assertThat(next.job().id()).isEqualTo(job.id());
        assertThat(next.job().takenVersion()).hasValue(7);
    }

    @Test
    void onlyAnEndedJobCanBeResumed() {
        Job job = ledger.add(asked("a", Entrance.GRPC), order());
        Order resume = new Order("gan-fashion", "/data", Map.of(), OptionalLong.empty(), Optional.of(job.id()));
        refused(ErrorCode.JOB_NOT_ENDED, () -> ledger.add(asked("b", Entrance.GRPC), resume));

        ledger.cancel(job.id());
        assertThat(ledger.add(asked("b", Entrance.GRPC), resume).order().resumes())
                .contains(job.id());

        Order lost = new Order("gan-fashion", "/data", Map.of(), OptionalLong.empty(), Optional.of(JobId.fresh()));
        refused(ErrorCode.UNKNOWN_JOB, () -> ledger.add(asked("c", Entrance.GRPC), lost));
    }

    @Test
    void listIsPagedAndFilteredNewestFirst() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            jobs.addFirst(ledger.add(asked("job-" + i, Entrance.GRPC), order()));
        }
        ledger.cancel(jobs.get(1).id());

        List<Job> first = ledger.list(query(Set.of(), Optional.empty()));
        assertThat(first)
                .extracting(Job::id)
                .containsExactly(jobs.get(0).id(), jobs.get(1).id());
        Job last = first.getLast();
        List<Job> second = ledger.list(query(Set.of(), Optional.of(new JobQuery.Mark(last.createdAt(), last.id()))));
        assertThat(second)
                .extracting(Job::id)
                .containsExactly(jobs.get(2).id(), jobs.get(3).id());
        assertThat(ledger.list(query(Set.of(JobState.CANCELLED), Optional.empty())))
                .extracting(Job::id)
                .containsExactly(jobs.get(1).id());
    }

    private static JobQuery query(Set<JobState> states, Optional<JobQuery.Mark> after) {
        return new JobQuery(states, Optional.empty(), Optional.of("me"), after, 2);
    }

    private static PostgresLeases leases(Duration lease) {
        return new PostgresLeases(
                SOURCE, new LedgerSettings(lease, LedgerSettings.defaults().barrenClaims()), TestLedger::event);
    }

    /** Claims as soon as the lease before has run out. */
    private static Lease claimed(PostgresLeases leases, Worker worker) {
        while (true) {
            Optional<Lease> lease = leases.claim(worker);
            if (lease.isPresent()) {
                return lease.get();
            }
        }
    }

    private static void refused(ErrorCode code, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }
}
