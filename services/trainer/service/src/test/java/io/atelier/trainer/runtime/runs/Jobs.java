package io.atelier.trainer.runtime.runs;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Report;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Jobs whose runs are tried. */
final class Jobs {
    private Jobs() {}

    static Job fresh(Optional<JobId> resumes) {
        JobId id = JobId.fresh();
        Asked asked = new Asked(
                RequestKey.of("training", Entrance.GRPC, "me", id.toString()),
                Optional.empty(),
                Entrance.GRPC,
                "me",
                id.toString(),
                "me",
                Deadline.NEVER);
        return new Job(
                id,
                asked,
                new Order("tiny", "/data", Map.of(), OptionalLong.empty(), resumes),
                JobState.RUNNING,
                Report.NONE,
                Optional.empty(),
                Map.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
