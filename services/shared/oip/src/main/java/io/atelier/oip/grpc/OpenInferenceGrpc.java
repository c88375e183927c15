package io.atelier.oip.grpc;

import io.atelier.endpoints.grpc.CallInfo;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.grpc.StreamWriter;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Status;
import io.atelier.oip.Caller;
import io.atelier.oip.GraphName;
import io.atelier.oip.InferRequest;
import io.atelier.oip.OpenInference;
import io.atelier.proto.inference.GRPCInferenceServiceGrpc;
import io.atelier.proto.inference.ModelInferRequest;
import io.atelier.proto.inference.ModelInferResponse;
import io.atelier.proto.inference.ModelMetadataRequest;
import io.atelier.proto.inference.ModelMetadataResponse;
import io.atelier.proto.inference.ModelReadyRequest;
import io.atelier.proto.inference.ModelReadyResponse;
import io.atelier.proto.inference.ModelStatisticsRequest;
import io.atelier.proto.inference.ModelStatisticsResponse;
import io.atelier.proto.inference.RepositoryIndexRequest;
import io.atelier.proto.inference.RepositoryIndexResponse;
import io.atelier.proto.inference.ServerLiveRequest;
import io.atelier.proto.inference.ServerLiveResponse;
import io.atelier.proto.inference.ServerMetadataRequest;
import io.atelier.proto.inference.ServerMetadataResponse;
import io.atelier.proto.inference.ServerReadyRequest;
import io.atelier.proto.inference.ServerReadyResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers the protocol's calls. Those for health take no place that requests could take. */
@GrpcService
final class OpenInferenceGrpc extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private static final String ENTRANCE = "oip-grpc";

    private final OpenInference inference;
    private final Calls calls;

    OpenInferenceGrpc(OpenInference inference, Calls calls) {
        this.inference = inference;
        this.calls = calls;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
        observer.onNext(ServerLiveResponse.newBuilder().setLive(true).build());
        observer.onCompleted();
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
        boolean ready = inference.graphs().allReady() && !calls.draining();
        observer.onNext(ServerReadyResponse.newBuilder().setReady(ready).build());
        observer.onCompleted();
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
        answer(
                observer,
                () -> ServerMetadataResponse.newBuilder()
                        .setName(OpenInference.SERVER)
                        .setVersion(OpenInference.version())
                        .addAllExtensions(OpenInference.EXTENSIONS)
                        .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
        answer(
                observer,
                () -> ModelReadyResponse.newBuilder()
                        .setReady(isReady(GraphName.of(request.getName(), request.getVersion())))
                        .build());
    }

    /** What cannot be run is not ready, whatever the reason; what cannot be meant is refused. */
    private boolean isReady(GraphName graph) {
        try {
            inference.graphs().requireReady(graph);
            return true;
        } catch (ProblemException e) {
            if (e.problem().status() == Status.INVALID_ARGUMENT) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
        answer(
                observer,
                () -> ModelDescriptions.metadata(
                        inference.graphs().describe(GraphName.of(request.getName(), request.getVersion()))));
    }

    @Override
    public void modelInfer(ModelInferRequest message, StreamObserver<ModelInferResponse> observer) {
        CallInfo call = CallInfo.current();
        Cancellation cancellation = new Cancellation();
        StreamWriter<ModelInferResponse> out = StreamWriter.open(observer, cancellation);
        calls.run(call, out::fail, () -> {
            InferRequest request = InferMessages.read(message);
            Caller caller = new Caller(ENTRANCE, call.client(), call.deadline(), cancellation);
            out.finish(InferMessages.write(message, request, inference.infer().run(request, caller)));
        });
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> observer) {
        answer(observer, () -> {
            Optional<GraphName> name = request.getName().isEmpty()
                    ? Optional.empty()
                    : Optional.of(GraphName.of(request.getName(), request.getVersion()));
            return ModelDescriptions.statistics(inference.statistics().of(name));
        });
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> observer) {
        answer(
                observer,
                () -> ModelDescriptions.index(
                        request.getRepositoryName().isEmpty()
                                ? inference.graphs().index(request.getReady())
                                : List.of()));
    }

    private <A> void answer(StreamObserver<A> observer, Supplier<A> answer) {
        StreamWriter<A> out = StreamWriter.open(observer, new Cancellation());
        calls.run(CallInfo.current(), out::fail, () -> out.finish(answer.get()));
    }
}
