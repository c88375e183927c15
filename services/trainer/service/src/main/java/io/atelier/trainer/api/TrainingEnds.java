package io.atelier.trainer.api;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.OutcomeEvents;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.artifacts.runs.WorkResult;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.proto.trainer.v1.TrainingResult;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a job's request, made from the job's row alone: the same bytes whenever it is asked for, by whichever
 * replica.
 */
public final class TrainingEnds {
    /** The kind of work, in topics, types and keys. */
    public static final String KIND = "training";

    private static final MessageCodec<TrainingResult> RESULT = MessageCodec.of(TrainingResult.getDefaultInstance());
    /** Of a request that was cancelled before it came; no outcome of such a one carries it. */
    private static final Digest NO_BODY = Digest.of(new byte[0]);

    private final EventIssuer issuer;

    public TrainingEnds(EventIssuer issuer) {
        this.issuer = issuer;
    }

    public EventIssuer issuer() {
        return issuer;
    }

    /** The outcome, or nothing while the job has none. */
    public Optional<StoredOutcome> of(Job job) {
        OutcomeEvents events = new OutcomeEvents(issuer, job::changedAt);
        Asked asked = job.asked();
        return switch (job.state()) {
            case SUCCEEDED ->
                Optional.of(events.completed(
                        request(asked),
                        new WorkResult(RESULT.encode(MessageCodec.JSON, JobMessages.result(job)), List.of())));
            case FAILED ->
                Optional.of(events.failed(request(asked), problem(job.failure().orElseThrow())));
            case CANCELLED -> Optional.of(events.cancelled(asked.key(), asked.id(), asked.source()));
            case QUEUED, RUNNING, EVALUATING, PUBLISHING -> Optional.empty();
        };
    }

    private static RunRequest request(Asked asked) {
        return new RunRequest(
                asked.key(), asked.id(), asked.source(), asked.body().orElse(NO_BODY), Deadline.NEVER);
    }

    private static Problem problem(Failure failure) {
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(known -> known.id().equals(failure.code()))
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
        return new Problem(code, failure.message(), failure.field(), Optional.empty(), Optional.empty());
    }
}
