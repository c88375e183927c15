package io.atelier.cli.image;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.atelier.cli.CommandException;
import io.atelier.proto.artifacts.v1.ArtifactServiceGrpc;
import io.atelier.proto.artifacts.v1.PutArtifactDescription;
import io.atelier.proto.artifacts.v1.PutArtifactRequest;
import io.atelier.proto.artifacts.v1.PutArtifactResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Puts a file that is too large for a request into a service's artifacts.
 *
 * @param timeout how long it may take
 */
record Upload(Channel channel, Duration timeout) {
    private static final int CHUNK = 64 << 10;

    /** Answers the artifact's id; throws a refusal as the call does. */
    String put(byte[] bytes, String mediaType) {
        CompletableFuture<String> id = new CompletableFuture<>();
        StreamObserver<PutArtifactRequest> upload = ArtifactServiceGrpc.newStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .putArtifact(new StreamObserver<>() {
                    @Override
                    public void onNext(PutArtifactResponse answer) {
                        id.complete(answer.getArtifact().getId());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        id.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        id.completeExceptionally(new IllegalStateException("The upload ended without an answer"));
                    }
                });
        upload.onNext(PutArtifactRequest.newBuilder()
                .setDescription(PutArtifactDescription.newBuilder().setMediaType(mediaType))
                .build());
        ByteString all = UnsafeByteOperations.unsafeWrap(bytes);
        for (int at = 0; at < bytes.length && !id.isDone(); at += CHUNK) {
            upload.onNext(PutArtifactRequest.newBuilder()
                    .setChunk(all.substring(at, Math.min(bytes.length, at + CHUNK)))
                    .build());
        }
        upload.onCompleted();
        return await(id);
    }

    private static String await(CompletableFuture<String> id) {
        try {
            return id.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("Stopped while the file was sent.");
        }
    }
}
