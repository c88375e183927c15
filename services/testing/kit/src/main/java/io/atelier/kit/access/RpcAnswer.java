package io.atelier.kit.access;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How a method answered an empty message.
 *
 * @param status its status; OK once a message came, however the stream goes on
 * @param reason the error code it gave, or empty
 * @param message what it said
 */
record RpcAnswer(Status.Code status, String reason, String message) {
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    static RpcAnswer of(Channel channel, Rpc rpc, Shown shown) {
        MethodType type = rpc.clientStreams()
                ? rpc.serverStreams() ? MethodType.BIDI_STREAMING : MethodType.CLIENT_STREAMING
                : rpc.serverStreams() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(type)
                .setFullMethodName(rpc.fullName())
                .build();
        ClientCall<byte[], byte[]> call =
                channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS));
        CompletableFuture<RpcAnswer> answer = new CompletableFuture<>();
        call.start(new First(answer), metadata(shown));
        call.request(2);
        call.sendMessage(new byte[0]);
        call.halfClose();
        RpcAnswer first = answer.join();
        call.cancel("enough was heard", null);
        return first;
    }

    private static Metadata metadata(Shown shown) {
        Metadata metadata = new Metadata();
        for (Shown.Header header : shown.headers()) {
            metadata.put(Metadata.Key.of(header.name(), Metadata.ASCII_STRING_MARSHALLER), header.value());
        }
        return metadata;
    }

    private static final class First extends ClientCall.Listener<byte[]> {
        private final CompletableFuture<RpcAnswer> answer;

        First(CompletableFuture<RpcAnswer> answer) {
            this.answer = answer;
        }

        @Override
        public void onMessage(byte[] message) {
            answer.complete(new RpcAnswer(Status.Code.OK, "", ""));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            String said = String.valueOf(status.getDescription());
            answer.complete(new RpcAnswer(status.getCode(), reason(status, trailers), said));
        }

        private static String reason(Status status, Metadata trailers) {
            com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
            for (Any detail : details.getDetailsList()) {
                try {
                    if (detail.is(ErrorInfo.class)) {
                        return detail.unpack(ErrorInfo.class).getReason();
                    }
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }
            return "";
        }
    }
}
