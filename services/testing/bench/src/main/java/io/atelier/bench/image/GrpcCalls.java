package io.atelier.bench.image;

import com.google.protobuf.ByteString;
import io.atelier.bench.ClosedLoop;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.ImageServiceGrpc;
import io.atelier.proto.image.v1.ImageServiceGrpc.ImageServiceBlockingStub;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Asks the service over gRPC; no two calls have the same seed. */
final class GrpcCalls implements ClosedLoop.Call, AutoCloseable {
    private static final long FIRST_SEED = 1L << 32; // apart from the seeds of the other loops
    private static final int GENERATING_SECONDS = 60;
    private static final int PAINTING_SECONDS = 300;

    private final ManagedChannel channel;
    private final int deadlineSeconds;
    private final Asking asking;
    private final AtomicLong seeds = new AtomicLong(FIRST_SEED);

    /** One call; answers whether a result came. */
    private interface Asking {
        boolean answered(ImageServiceBlockingStub service, long seed);
    }

    private GrpcCalls(int port, int deadlineSeconds, Asking asking) {
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        this.deadlineSeconds = deadlineSeconds;
        this.asking = asking;
    }

    /** Asks for one picture. */
    static GrpcCalls generating(int port) {
        GenerateImageRequest request = GenerateImageRequest.newBuilder()
                .setModel(BenchModel.NAME)
                .setLabel(BenchModel.LABEL)
                .build();
        return new GrpcCalls(
                port,
                GENERATING_SECONDS,
                (service, seed) -> any(
                        service.generateImage(request.toBuilder().setSeed(seed).build()),
                        GenerateImageResponse::hasResult));
    }

    /** Asks for a photograph to be painted. */
    static GrpcCalls painting(int port, byte[] photograph) {
        StylizeImageRequest request = StylizeImageRequest.newBuilder()
                .setModel(StyleModel.NAME)
                .setContent(ByteString.copyFrom(photograph))
                .build();
        return new GrpcCalls(
                port,
                PAINTING_SECONDS,
                (service, seed) -> any(
                        service.stylizeImage(request.toBuilder().setSeed(seed).build()),
                        StylizeImageResponse::hasResult));
    }

    /** Reads a stream to its end. */
    private static <M> boolean any(Iterator<M> stream, Predicate<M> wanted) {
        boolean found = false;
        while (stream.hasNext()) {
            found |= wanted.test(stream.next());
        }
        return found;
    }

    @Override
    public void run() {
        ImageServiceBlockingStub service =
                ImageServiceGrpc.newBlockingStub(channel).withDeadlineAfter(deadlineSeconds, TimeUnit.SECONDS);
        if (!asking.answered(service, seeds.incrementAndGet())) {
            throw new IllegalStateException("A call ended without a result");
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
