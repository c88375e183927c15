package io.atelier.bench.image;

import io.atelier.bench.ClosedLoop;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.ImageServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Asks the service over gRPC; no two calls ask for the same picture. */
final class GrpcCalls implements ClosedLoop.Call, AutoCloseable {
    private static final long FIRST_SEED = 1L << 32; // apart from the seeds of the other loops
    private static final int DEADLINE_SECONDS = 60;

    private final ManagedChannel channel;
    private final AtomicLong seeds = new AtomicLong(FIRST_SEED);

    GrpcCalls(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @Override
    public void run() {
        GenerateImageRequest request = GenerateImageRequest.newBuilder()
                .setModel(BenchModel.NAME)
                .setLabel(BenchModel.LABEL)
                .setSeed(seeds.incrementAndGet())
                .build();
        Iterator<GenerateImageResponse> answers = ImageServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .generateImage(request);
        boolean answered = false;
        while (answers.hasNext()) {
            answered |= answers.next().hasResult();
        }
        if (!answered) {
            throw new IllegalStateException("A call ended without a result");
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
