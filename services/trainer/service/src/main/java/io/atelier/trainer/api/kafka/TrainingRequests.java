package io.atelier.trainer.api.kafka;

import io.atelier.artifacts.runs.Prepared;
import io.atelier.artifacts.runs.RequestHandler;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.artifacts.runs.WorkResult;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.ResumeTrainingJobRequest;
import io.atelier.trainer.api.JobMessages;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Trainings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Turns request events into orders. An order's work is done once the ledger has it. */
@Singleton
final class TrainingRequests implements RequestHandler {
    private static final MessageCodec<CreateTrainingJobRequest> CREATING =
            MessageCodec.of(CreateTrainingJobRequest.getDefaultInstance());
    private static final MessageCodec<ResumeTrainingJobRequest> RESUMING =
            MessageCodec.of(ResumeTrainingJobRequest.getDefaultInstance());
    private static final WorkResult ACCEPTED = new WorkResult(new byte[0], List.of());

    private final Trainings trainings;

    TrainingRequests(Trainings trainings) {
        this.trainings = trainings;
    }

    @Override
    public String kind() {
        return TrainingEnds.KIND;
    }

    @Override
    public Set<String> types() {
        return JobMessages.MESSAGES.keySet();
    }

    @Override
    public Prepared decode(String type, String contentType, byte[] data) {
        return switch (type) {
            case JobMessages.CREATE -> {
                CreateTrainingJobRequest request = CREATING.decode(contentType, data);
                Order order = JobMessages.order(request);
                yield prepared(type, MessageCodec.deterministic(request), (asked, on) -> on.create(asked, order));
            }
            case JobMessages.RESUME -> {
                ResumeTrainingJobRequest request = RESUMING.decode(contentType, data);
                JobId id = JobId.parse(request.getId());
                yield prepared(type, MessageCodec.deterministic(request), (asked, on) -> on.resume(asked, id));
            }
            default ->
                throw Problem.of(ErrorCode.UNKNOWN_TYPE, "The trainer does not handle events of this type.")
                        .exception();
        };
    }

    private Prepared prepared(String type, byte[] body, BiConsumer<Asked, Trainings> order) {
        Digest digest = RunRequest.bodyOf(type, body);
        return new Prepared(body, context -> {
            order.accept(asked(context, digest), trainings);
            return ACCEPTED;
        });
    }

    private static Asked asked(RunContext context, Digest body) {
        return new Asked(
                context.key(),
                Optional.of(body),
                Entrance.KAFKA,
                context.requestSource(),
                context.requestId(),
                context.requestSource(),
                context.deadline());
    }
}
