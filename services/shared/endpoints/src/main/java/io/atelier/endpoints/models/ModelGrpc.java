package io.atelier.endpoints.models;

import io.atelier.endpoints.grpc.CallInfo;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.grpc.StreamWriter;
import io.atelier.inference.ModelServer;
import io.atelier.inference.ModelStatus;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelJson;
import io.atelier.models.ModelName;
import io.atelier.proto.models.v1.GetModelRequest;
import io.atelier.proto.models.v1.GetModelResponse;
import io.atelier.proto.models.v1.ListModelsRequest;
import io.atelier.proto.models.v1.ListModelsResponse;
import io.atelier.proto.models.v1.ModelServiceGrpc;
import io.atelier.proto.models.v1.WatchModelsRequest;
import io.atelier.proto.models.v1.WatchModelsResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lists, describes and watches the models of a {@link ModelServer}. */
@GrpcService
final class ModelGrpc extends ModelServiceGrpc.ModelServiceImplBase {
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1000;

    private final ModelServer models;
    private final Calls calls;
    private final Watches watches;

    ModelGrpc(ModelServer models, Calls calls, Watches watches) {
        this.models = models;
        this.calls = calls;
        this.watches = watches;
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
        StreamWriter<ListModelsResponse> out = StreamWriter.open(observer, new Cancellation());
        calls.run(CallInfo.current(), out::fail, () -> out.finish(list(request)));
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> observer) {
        StreamWriter<GetModelResponse> out = StreamWriter.open(observer, new Cancellation());
        calls.run(CallInfo.current(), out::fail, () -> out.finish(get(request)));
    }

    @Override
    public void watchModels(WatchModelsRequest request, StreamObserver<WatchModelsResponse> observer) {
        Cancellation cancellation = new Cancellation();
        StreamWriter<WatchModelsResponse> out = StreamWriter.open(observer, cancellation);
        watches.run(CallInfo.current(), out, cancellation, status -> ModelMessages.isOfTask(status, request.getTask()));
    }

    private ListModelsResponse list(ListModelsRequest request) {
        int size = request.hasPageSize() ? request.getPageSize() : DEFAULT_PAGE;
        if (size < 1 || size > MAX_PAGE) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "page_size",
                            "1.." + MAX_PAGE,
                            "A page takes 1 to " + MAX_PAGE + " models, not " + size + ".")
                    .exception();
        }
        List<ModelStatus> after = models.models().stream()
                .filter(status -> ModelMessages.isOfTask(status, request.getTask()))
                .filter(status -> status.name().value().compareTo(request.getPageToken()) > 0)
                .limit(size + 1L)
                .toList();
        ListModelsResponse.Builder page = ListModelsResponse.newBuilder();
        after.stream().limit(size).map(ModelMessages::of).forEach(page::addModels);
        if (after.size() > size) {
            page.setNextPageToken(after.get(size - 1).name().value());
        }
        return page.build();
    }

    private GetModelResponse get(GetModelRequest request) {
        if (request.getName().isEmpty()) {
            throw Problem.field(ErrorCode.MISSING_FIELD, "name", "required", "Name a model.")
                    .exception();
        }
        ModelName name = new ModelName(request.getName());
        ModelStatus status = models.models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        GetModelResponse.Builder found = GetModelResponse.newBuilder().setModel(ModelMessages.of(status));
        status.serving()
                .map(manifest -> new String(ModelJson.write(manifest), StandardCharsets.UTF_8))
                .ifPresent(found::setManifestJson);
        return found.build();
    }

    private RuntimeException unknown(ModelName name) {
        List<String> some = models.models().stream()
                .limit(10)
                .map(status -> status.name().value())
                .toList();
        return Problem.field(
                        ErrorCode.UNKNOWN_MODEL,
                        "name",
                        String.join(", ", some),
                        "No model " + name + " is here; there are " + String.join(", ", some) + ".")
                .exception();
    }
}
