package io.atelier.oip.grpc;

import com.google.protobuf.ByteString;
import io.atelier.endpoints.grpc.CallInterceptor;
import io.atelier.inference.Rows;
import io.atelier.oip.Workshop;
import io.atelier.proto.inference.GRPCInferenceServiceGrpc;
import io.atelier.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.atelier.proto.inference.InferTensorContents;
import io.atelier.proto.inference.ModelInferRequest;
import io.atelier.proto.inference.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The protocol's gRPC service on a port of this machine, and a client made of the contract alone. */
final class GrpcDesk implements AutoCloseable {
    private final Server server;
    private final ManagedChannel channel;

    GrpcDesk(Workshop workshop) {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .intercept(new CallInterceptor())
                    .addService(new OpenInferenceGrpc(workshop.inference, workshop.calls))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    GRPCInferenceServiceBlockingStub client() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    /** A generator's request with its values in their lists. */
    static ModelInferRequest.Builder typed(String model, Map<String, Rows> rows) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(latent(rows)
                        .setContents(InferTensorContents.newBuilder()
                                .addAllFp32Contents(floats(Workshop.floats(rows, "latent")))))
                .addInputs(label(rows)
                        .setContents(InferTensorContents.newBuilder()
                                .addAllInt64Contents(java.util.Arrays.stream(Workshop.longs(rows, "label"))
                                        .boxed()
                                        .toList())));
    }

    /** The same with its values as bytes. */
    static ModelInferRequest.Builder raw(String model, Map<String, Rows> rows) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(latent(rows))
                .addInputs(label(rows))
                .addRawInputContents(bytes(Workshop.floats(rows, "latent")))
                .addRawInputContents(bytes(Workshop.longs(rows, "label")));
    }

    static InferInputTensor.Builder latent(Map<String, Rows> rows) {
        return InferInputTensor.newBuilder()
                .setName("latent")
                .setDatatype("FP32")
                .addShape(Workshop.longs(rows, "label").length)
                .addShape(4);
    }

    static InferInputTensor.Builder label(Map<String, Rows> rows) {
        return InferInputTensor.newBuilder()
                .setName("label")
                .setDatatype("INT64")
                .addShape(Workshop.longs(rows, "label").length);
    }

    static ByteString bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    static ByteString bytes(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    static float[] floats(ByteString raw) {
        float[] values = new float[raw.size() / 4];
        raw.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static java.util.List<Float> floats(float[] values) {
        java.util.List<Float> all = new java.util.ArrayList<>();
        for (float value : values) {
            all.add(value);
        }
        return all;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
