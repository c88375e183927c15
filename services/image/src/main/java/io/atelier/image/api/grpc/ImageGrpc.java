package io.atelier.image.api.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.atelier.artifacts.runs.WorkPreview;
import io.atelier.endpoints.grpc.CallInfo;
import io.atelier.endpoints.grpc.OnceCalls;
import io.atelier.image.api.ImageRequests;
import io.atelier.image.domain.Caller;
import io.atelier.inference.RunRequest.Priority;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.proto.common.v1.Preview;
import io.atelier.proto.common.v1.Progress;
import io.atelier.proto.common.v1.Queued;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.ImageServiceGrpc;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResponse;
import io.atelier.proto.image.v1.StylizeImageResult;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/** Hands calls to the image service's use cases. */
@GrpcService
final class ImageGrpc extends ImageServiceGrpc.ImageServiceImplBase {
    private static final int MAX_INLINE_BYTES = 3 << 20;

    private final OnceCalls calls;
    private final ImageRequests requests;

    ImageGrpc(OnceCalls calls, ImageRequests requests) {
        this.calls = calls;
        this.requests = requests;
    }

    @Override
    public void generateImage(GenerateImageRequest request, StreamObserver<GenerateImageResponse> observer) {
        calls.stream(
                ImageRequests.GENERATE,
                (call, made) -> requests.generate(request, caller(call), made),
                ImageRequests.GENERATED,
                new GenerateStages(),
                observer);
    }

    @Override
    public void stylizeImage(StylizeImageRequest request, StreamObserver<StylizeImageResponse> observer) {
        calls.stream(
                ImageRequests.STYLIZE,
                (call, made) -> requests.stylize(request, caller(call), made),
                ImageRequests.STYLIZED,
                new StylizeStages(),
                observer);
    }

    @Override
    public void classifyImage(ClassifyImageRequest request, StreamObserver<ClassifyImageResponse> observer) {
        calls.unary(
                ImageRequests.CLASSIFY,
                (call, made) -> requests.classify(request, caller(call), made),
                ImageRequests.CLASSIFIED,
                observer);
    }

    private static Caller caller(CallInfo call) {
        return new Caller(Entrance.GRPC, call.client(), Priority.INTERACTIVE, MAX_INLINE_BYTES);
    }

    private static Queued queuedAs(String requestId) {
        return Queued.newBuilder().setRequestId(requestId).build();
    }

    private static Progress progressOf(int done, int total) {
        return Progress.newBuilder().setDone(done).setTotal(total).build();
    }

    private static Preview previewOf(WorkPreview preview) {
        return Preview.newBuilder()
                .setContent(UnsafeByteOperations.unsafeWrap(preview.content()))
                .setMediaType(preview.mediaType())
                .setIndex(preview.index())
                .build();
    }

    private static final class GenerateStages implements OnceCalls.Stages<GenerateImageResponse, GenerateImageResult> {
        @Override
        public GenerateImageResponse queued(String requestId) {
            return GenerateImageResponse.newBuilder()
                    .setQueued(queuedAs(requestId))
                    .build();
        }

        @Override
        public GenerateImageResponse progress(int done, int total) {
            return GenerateImageResponse.newBuilder()
                    .setProgress(progressOf(done, total))
                    .build();
        }

        @Override
        public GenerateImageResponse preview(WorkPreview preview) {
            return GenerateImageResponse.newBuilder()
                    .setPreview(previewOf(preview))
                    .build();
        }

        @Override
        public GenerateImageResponse result(GenerateImageResult result) {
            return GenerateImageResponse.newBuilder().setResult(result).build();
        }
    }

    private static final class StylizeStages implements OnceCalls.Stages<StylizeImageResponse, StylizeImageResult> {
        @Override
        public StylizeImageResponse queued(String requestId) {
            return StylizeImageResponse.newBuilder()
                    .setQueued(queuedAs(requestId))
                    .build();
        }

        @Override
        public StylizeImageResponse progress(int done, int total) {
            return StylizeImageResponse.newBuilder()
                    .setProgress(progressOf(done, total))
                    .build();
        }

        @Override
        public StylizeImageResponse preview(WorkPreview preview) {
            return StylizeImageResponse.newBuilder()
                    .setPreview(previewOf(preview))
                    .build();
        }

        @Override
        public StylizeImageResponse result(StylizeImageResult result) {
            return StylizeImageResponse.newBuilder().setResult(result).build();
        }
    }
}
