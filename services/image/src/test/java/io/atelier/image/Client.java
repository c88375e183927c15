package io.atelier.image;

import io.atelier.proto.artifacts.v1.ArtifactServiceGrpc;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.ImageServiceGrpc;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResponse;
import io.atelier.proto.image.v1.StylizeImageResult;
import io.atelier.proto.models.v1.ModelServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** A plain grpc-java client. */
final class Client implements AutoCloseable {
    static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("atelier-request-id", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;

    Client() {
        int port = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    ManagedChannel channel() {
        return channel;
    }

    ImageServiceGrpc.ImageServiceBlockingStub images() {
        return ImageServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    ImageServiceGrpc.ImageServiceBlockingStub images(String requestId) {
        Metadata headers = new Metadata();
        headers.put(REQUEST_ID, requestId);
        return images().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    ArtifactServiceGrpc.ArtifactServiceStub artifacts() {
        return ArtifactServiceGrpc.newStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    ModelServiceGrpc.ModelServiceBlockingStub models() {
        return ModelServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    GenerateImageResult generate(GenerateImageRequest.Builder request) {
        return last(images().generateImage(request.build()));
    }

    StylizeImageResult stylize(StylizeImageRequest.Builder request) {
        List<StylizeImageResponse> messages = new ArrayList<>();
        images().stylizeImage(request.build()).forEachRemaining(messages::add);
        return messages.getLast().getResult();
    }

    static GenerateImageResult last(Iterator<GenerateImageResponse> stream) {
        return all(stream).getLast().getResult();
    }

    static List<GenerateImageResponse> all(Iterator<GenerateImageResponse> stream) {
        List<GenerateImageResponse> messages = new ArrayList<>();
        stream.forEachRemaining(messages::add);
        return messages;
    }

    static GenerateImageRequest.Builder of(String model) {
        return GenerateImageRequest.newBuilder().setModel(model);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
