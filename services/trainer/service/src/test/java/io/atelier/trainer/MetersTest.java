package io.atelier.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.End;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Leases;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.runtime.MeteredLeases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean held = true;
    private final Leases leases = new MeteredLeases(holding(), meters);

    @Test
    void stepsAreCountedFromTheFirstThatAnAttemptTells() {
        Lease lease = lease();
        leases.report(lease, report(100)); // it went on from step 90, which another attempt had done
        leases.report(lease, report(110));
        leases.report(lease, report(110));
        assertThat(meters.counter("atelier.training.steps", "recipe", "gan").count())
                .isEqualTo(10);
    }

    @Test
    void attemptCountsByItsEndOnceAndOnlyWhileItsLeaseHolds() {
        leases.end(lease(), new End.Failed(new Failure("ATELIER-X-0001", "No.", Optional.empty())));
        leases.abandon(lease(), "killed");
        held = false;
        leases.abandon(lease(), "killed");
        assertThat(ended("failed")).isEqualTo(1);
        assertThat(ended("lost")).isEqualTo(1);
    }

    private double ended(String end) {
        return meters.counter("atelier.training.attempts", "recipe", "gan", "end", end)
                .count();
    }

    /** Leases that answer whether they are held, whatever is written. */
    private Leases holding() {
        return (Leases) Proxy.newProxyInstance(
                Leases.class.getClassLoader(), new Class<?>[] {Leases.class}, (proxy, method, arguments) -> held);
    }

    private static Report report(long step) {
        return new Report(step, 1000, Map.of(), Optional.empty());
    }

    private static Lease lease() {
        Asked asked = new Asked(
                RequestKey.of("training", Entrance.GRPC, "me", "1"),
                Optional.empty(),
                Entrance.GRPC,
                "me",
                "1",
                "me",
                Deadline.NEVER);
        Order order = new Order("gan", "/data", Map.of(), OptionalLong.empty(), Optional.empty());
        Job job = new Job(
                JobId.fresh(),
                asked,
                order,
                JobState.RUNNING,
                Report.NONE,
                Optional.empty(),
                Map.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
        return new Lease(job, 1);
    }
}
