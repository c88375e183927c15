package io.atelier.trainer.api.grpc;

import com.google.protobuf.Message;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.endpoints.grpc.CallInfo;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.grpc.StreamWriter;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.proto.trainer.v1.CancelTrainingJobRequest;
import io.atelier.proto.trainer.v1.CancelTrainingJobResponse;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.CreateTrainingJobResponse;
import io.atelier.proto.trainer.v1.GetTrainingJobRequest;
import io.atelier.proto.trainer.v1.GetTrainingJobResponse;
import io.atelier.proto.trainer.v1.ListRecipesRequest;
import io.atelier.proto.trainer.v1.ListRecipesResponse;
import io.atelier.proto.trainer.v1.ListTrainingJobsRequest;
import io.atelier.proto.trainer.v1.ListTrainingJobsResponse;
import io.atelier.proto.trainer.v1.ResumeTrainingJobRequest;
import io.atelier.proto.trainer.v1.ResumeTrainingJobResponse;
import io.atelier.proto.trainer.v1.TrainerServiceGrpc;
import io.atelier.proto.trainer.v1.WatchTrainingJobRequest;
import io.atelier.proto.trainer.v1.WatchTrainingJobResponse;
import io.atelier.trainer.api.JobMessages;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.Trainings;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.Optional;
import java.util.function.Function;

/** Hands calls to the trainer's use cases. */
@GrpcService
final class TrainerGrpc extends TrainerServiceGrpc.TrainerServiceImplBase {

    private final Trainings trainings;
    private final Calls calls;
    private final JobStreams streams;

    TrainerGrpc(Trainings trainings, Calls calls, JobStreams streams) {
        this.trainings = trainings;
        this.calls = calls;
        this.streams = streams;
    }

    @Override
    public void createTrainingJob(
            CreateTrainingJobRequest request, StreamObserver<CreateTrainingJobResponse> observer) {
        answer(
                observer,
                call -> CreateTrainingJobResponse.newBuilder()
                        .setJob(JobMessages.of(trainings.create(asked(call, request), JobMessages.order(request))))
                        .build());
    }

    @Override
    public void getTrainingJob(GetTrainingJobRequest request, StreamObserver<GetTrainingJobResponse> observer) {
        answer(
                observer,
                call -> GetTrainingJobResponse.newBuilder()
                        .setJob(JobMessages.of(trainings.get(JobId.parse(request.getId()))))
                        .build());
    }

    @Override
    public void listTrainingJobs(ListTrainingJobsRequest request, StreamObserver<ListTrainingJobsResponse> observer) {
        answer(observer, call -> JobPages.list(trainings, request));
    }

    @Override
    public void watchTrainingJob(WatchTrainingJobRequest request, StreamObserver<WatchTrainingJobResponse> observer) {
        Cancellation cancellation = new Cancellation();
        StreamWriter<WatchTrainingJobResponse> out = StreamWriter.open(observer, cancellation);
        streams.run(CallInfo.current(), request, out, cancellation);
    }

    @Override
    public void cancelTrainingJob(
            CancelTrainingJobRequest request, StreamObserver<CancelTrainingJobResponse> observer) {
        answer(
                observer,
                call -> CancelTrainingJobResponse.newBuilder()
                        .setJob(JobMessages.of(trainings.cancel(JobId.parse(request.getId()))))
                        .build());
    }

    @Override
    public void resumeTrainingJob(
            ResumeTrainingJobRequest request, StreamObserver<ResumeTrainingJobResponse> observer) {
        answer(observer, call -> {
            Job job = trainings.resume(asked(call, request), JobId.parse(request.getId()));
            return ResumeTrainingJobResponse.newBuilder()
                    .setJob(JobMessages.of(job))
                    .build();
        });
    }

    @Override
    public void listRecipes(ListRecipesRequest request, StreamObserver<ListRecipesResponse> observer) {
        answer(observer, call -> {
            ListRecipesResponse.Builder recipes = ListRecipesResponse.newBuilder();
            trainings.recipes().stream().map(JobMessages::of).forEach(recipes::addRecipes);
            return recipes.build();
        });
    }

    private <A> void answer(StreamObserver<A> observer, Function<CallInfo, A> work) {
        CallInfo call = CallInfo.current();
        StreamWriter<A> out = StreamWriter.open(observer, new Cancellation());
        calls.run(call, out::fail, () -> out.finish(work.apply(call)));
    }

    private static Asked asked(CallInfo call, Message request) {
        String type = request.getDescriptorForType().getFullName();
        return new Asked(
                RequestKey.of(TrainingEnds.KIND, Entrance.GRPC, call.principal(), call.requestId()),
                Optional.of(RunRequest.bodyOf(type, MessageCodec.deterministic(request))),
                Entrance.GRPC,
                call.principal(),
                call.requestId(),
                call.principal(),
                Deadline.NEVER);
    }
}
