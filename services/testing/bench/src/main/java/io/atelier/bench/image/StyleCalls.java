package io.atelier.bench.image;

import com.google.protobuf.ByteString;
import io.atelier.bench.ClosedLoop;
import io.atelier.proto.image.v1.ImageServiceGrpc;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets the service paint a photograph over gRPC; no two calls have the same noise. */
final class StyleCalls implements ClosedLoop.Call, AutoCloseable {
    private static final int DEADLINE_SECONDS = 300;

    private final ManagedChannel channel;
    private final ByteString photograph;
    private final AtomicLong seeds = new AtomicLong(1L << 32); // apart from the raw loop's

    StyleCalls(int port, byte[] photograph) {
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        this.photograph = ByteString.copyFrom(photograph);
    }

    @Override
    public void run() {
        StylizeImageRequest request = StylizeImageRequest.newBuilder()
                .setModel(StyleModel.NAME)
                .setContent(photograph)
                .setSeed(seeds.incrementAndGet())
                .build();
        Iterator<StylizeImageResponse> answers = ImageServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .stylizeImage(request);
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
