package io.atelier.trainer.runtime.kubernetes;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.runtime.process.LearnProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Plans and leases to try with. */
final class Plans {
    static final JobId JOB = new JobId(UUID.fromString("0b6ce6a4-4d0c-4b0e-8d7a-1f2e3d4c5b6a"));

    private static final LearnProgram PROGRAM =
            new LearnProgram(Path.of("/opt/atelier/atelier-learn.jar"), 2048, 8192, OptionalInt.of(4), List.of());

    private Plans() {}

    /** Everything that can be written is. */
    static JobPlan full() {
        return new JobPlan(
                "registry.example/atelier/learn:1",
                PROGRAM,
                2,
                "nvidia.com/gpu",
                "4",
                16L << 30,
                Map.of("gpu", "h100"),
                List.of(
                        new Tolerated("nvidia.com/gpu", Optional.empty(), Optional.of("NoSchedule")),
                        new Tolerated("team", Optional.of("art"), Optional.empty())),
                Optional.of("trainings"),
                Optional.of("atelier-training"),
                List.of("pull"),
                Optional.of("object-store"),
                List.of(
                        new ClaimMount(Path.of("/work"), "atelier", Optional.of("runs"), false),
                        new ClaimMount(Path.of("/data"), "atelier", Optional.of("data"), true),
                        new ClaimMount(Path.of("/models"), "models", Optional.empty(), true)),
                OptionalLong.of(10001),
                OptionalLong.of(10001),
                Optional.of(Duration.ofHours(8)),
                Duration.ofHours(1),
                Duration.ofSeconds(20));
    }

    /** Nothing is written that need not be. */
    static JobPlan bare(Path work) {
        return bare(PROGRAM, List.of(new ClaimMount(work, "work", Optional.empty(), false)));
    }

    /** As {@link #bare}, with everything in an object store that is reached by these options. */
    static JobPlan withoutVolumes(List<String> stores) {
        return bare(
                new LearnProgram(PROGRAM.jar(), PROGRAM.heapMb(), PROGRAM.memoryMb(), PROGRAM.threads(), stores),
                List.of());
    }

    private static JobPlan bare(LearnProgram program, List<ClaimMount> claims) {
        return new JobPlan(
                "learn",
                program,
                0,
                "nvidia.com/gpu",
                "500m",
                1L << 30,
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                claims,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ofSeconds(20));
    }

    static Lease lease(long epoch, String data) {
        return new Lease(job(data), epoch);
    }

    private static Job job(String data) {
        Asked asked = new Asked(
                RequestKey.of("training", Entrance.GRPC, "me", "a"),
                Optional.empty(),
                Entrance.GRPC,
                "me",
                "a",
                "me",
                Deadline.NEVER);
        Order order =
                new Order("gan-tiles", data, Map.of("schedule.steps", "10"), OptionalLong.of(7), Optional.empty());
        return new Job(
                JOB,
                asked,
                order,
                JobState.RUNNING,
                new Report(0, 10, Map.of(), Optional.empty()),
                Optional.empty(),
                Map.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
