package io.atelier.cli.image;

import com.google.protobuf.ByteString;
import io.atelier.proto.artifacts.v1.ArtifactServiceGrpc;
import io.atelier.proto.artifacts.v1.ReadArtifactRequest;
import io.atelier.proto.artifacts.v1.ReadArtifactResponse;
import io.atelier.proto.common.v1.Artifact;
import io.atelier.proto.common.v1.Preview;
import io.atelier.proto.common.v1.Progress;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.ImageServiceGrpc;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResponse;
import io.atelier.proto.image.v1.StylizeImageResult;
import io.atelier.proto.models.v1.GetModelRequest;
import io.atelier.proto.models.v1.ListModelsRequest;
import io.atelier.proto.models.v1.Model;
import io.atelier.proto.models.v1.ModelServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls an image service. Failures come as gRPC statuses; an interrupt cancels the call. */
public final class ImageClient implements AutoCloseable {
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("atelier-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final int MAX_MODELS = 1000;

    private final ManagedChannel channel;
    private final Duration timeout;

    /** Each call may take as long as given; closing shuts the channel down. */
    public ImageClient(ManagedChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    /** A client of a service on this machine that asks for nothing; connects on the first call. */
    public static ImageClient local(int port, Duration timeout) {
        return new ImageClient(
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build(), timeout);
    }

    /** Makes pictures; calls the listener as they get done. */
    public GenerateImageResult generate(GenerateImageRequest request, String requestId, Consumer<Progress> progress) {
        Iterator<GenerateImageResponse> stream = ImageServiceGrpc.newBlockingStub(named(requestId))
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .generateImage(request);
        while (stream.hasNext()) {
            GenerateImageResponse message = stream.next();
            if (message.hasProgress()) {
                progress.accept(message.getProgress());
            } else if (message.hasResult()) {
                return message.getResult();
            }
        }
        throw new IllegalStateException("The stream ended without a result");
    }

    /** Paints a photograph; calls the listeners as its parts get done. */
    public StylizeImageResult stylize(
            StylizeImageRequest request, String requestId, Consumer<Progress> progress, Consumer<Preview> previews) {
        Iterator<StylizeImageResponse> stream = ImageServiceGrpc.newBlockingStub(named(requestId))
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .stylizeImage(request);
        while (stream.hasNext()) {
            StylizeImageResponse message = stream.next();
            switch (message.getEventCase()) {
                case PROGRESS -> progress.accept(message.getProgress());
                case PREVIEW -> previews.accept(message.getPreview());
                case RESULT -> {
                    return message.getResult();
                }
                default -> {}
            }
        }
        throw new IllegalStateException("The stream ended without a result");
    }

    /** Stores bytes as an artifact of the service, and answers its id. */
    public String put(byte[] bytes, String mediaType) {
        return new Upload(channel, timeout).put(bytes, mediaType);
    }

    public ClassifyImageResponse classify(ClassifyImageRequest request, String requestId) {
        return ImageServiceGrpc.newBlockingStub(named(requestId))
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .classifyImage(request);
    }

    /** The models of a task, by name. */
    public List<Model> models(String task) {
        ListModelsRequest request = ListModelsRequest.newBuilder()
                .setTask(task)
                .setPageSize(MAX_MODELS)
                .build();
        return ModelServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .listModels(request)
                .getModelsList();
    }

    /** A model's model.json. */
    public String manifest(String name) {
        return ModelServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .getModel(GetModelRequest.newBuilder().setName(name).build())
                .getManifestJson();
    }

    /** An artifact's bytes: those that came with the answer, or the stored ones. */
    public byte[] bytes(Artifact artifact) {
        return artifact.getContent().isEmpty() && artifact.getSize() > 0
                ? read(artifact.getId())
                : artifact.getContent().toByteArray();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private byte[] read(String id) {
        ByteString.Output bytes = ByteString.newOutput();
        Iterator<ReadArtifactResponse> stream = ArtifactServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .readArtifact(ReadArtifactRequest.newBuilder().setId(id).build());
        stream.forEachRemaining(message -> message.getChunk().forEach(bytes::write));
        return bytes.toByteString().toByteArray();
    }

    private Channel named(String requestId) {
        Metadata headers = new Metadata();
        headers.put(REQUEST_ID, requestId);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
