package io.atelier.endpoints.artifacts;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.proto.artifacts.v1.PutArtifactDescription;
import io.atelier.proto.artifacts.v1.PutArtifactRequest;
import io.grpc.stub.StreamObserver;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's stream of chunks as an input stream. Asks for the next message only when the last one has been read, so it
 * holds one chunk at most. A client that goes or keeps still ends the reader with a problem.
 */
final class Upload extends InputStream implements StreamObserver<PutArtifactRequest> {
    private final Runnable askForNext;
    private final Duration stall;
    // One message is under way at a time; the second and third places are for its end and its abandonment.
    private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(3);
    private ByteBuffer chunk = ByteBuffer.allocate(0);
    private boolean ended;

    Upload(Runnable askForNext, Duration stall) {
        this.askForNext = askForNext;
        this.stall = stall;
    }

    private sealed interface Part {
        record Sent(PutArtifactRequest message) implements Part {}

        record End() implements Part {}

        record Gone() implements Part {}
    }

    /**
     * What an upload said it would bring.
     *
     * @param mediaType its IANA media type; the store decides which it takes
     * @param sha256 the digest it must have, if it named one
     */
    record Description(String mediaType, Optional<Digest> sha256) {}

    @Override
    public void onNext(PutArtifactRequest message) {
        offer(new Part.Sent(message));
    }

    @Override
    public void onError(Throwable failure) {
        abandon();
    }

    @Override
    public void onCompleted() {
        offer(new Part.End());
    }

    /** Ends the reader: nobody waits for the answer. */
    void abandon() {
        offer(new Part.Gone());
    }

    /** Reads the first message. */
    Description description() {
        PutArtifactRequest first = next();
        if (first == null || !first.hasDescription()) {
            throw missing("description", "The first message describes the upload.");
        }
        PutArtifactDescription described = first.getDescription();
        if (described.getMediaType().isEmpty()) {
            throw missing("media_type", "Say what the bytes are, such as image/png.");
        }
        String sha256 = described.getSha256();
        if (!sha256.isEmpty() && !Digest.isValid(sha256)) {
            throw Problem.field(
                            ErrorCode.MALFORMED_ID, "sha256", "[0-9a-f]{64}", "A digest is 64 lower-case hex digits.")
                    .exception();
        }
        return new Description(
                described.getMediaType(), sha256.isEmpty() ? Optional.empty() : Optional.of(new Digest(sha256)));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        while (!chunk.hasRemaining()) {
            PutArtifactRequest message = next();
            if (message == null) {
                return -1;
            }
            if (!message.hasChunk()) {
                throw missing("chunk", "After the description come chunks.");
            }
            if (message.getChunk().size() > ArtifactGrpc.CHUNK_BYTES) {
                throw Problem.field(
                                ErrorCode.TOO_LARGE,
                                "chunk",
                                Integer.toString(ArtifactGrpc.CHUNK_BYTES),
                                "A chunk takes at most " + ArtifactGrpc.CHUNK_BYTES + " bytes.")
                        .exception();
            }
            chunk = message.getChunk().asReadOnlyByteBuffer();
        }
        int taken = Math.min(length, chunk.remaining());
        chunk.get(into, offset, taken);
        return taken;
    }

    private @Nullable PutArtifactRequest next() {
        if (ended) {
            return null;
        }
        askForNext.run();
        try {
            Part part = parts.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
            return switch (part) {
                case null ->
                    throw Problem.of(ErrorCode.DEADLINE, "Nothing came for " + stall.toSeconds() + " s.")
                            .exception();
                case Part.Sent sent -> sent.message();
                case Part.End end -> {
                    ended = true;
                    yield null;
                }
                case Part.Gone gone ->
                    throw Problem.of(ErrorCode.CANCELLED, "The upload was broken off.")
                            .exception();
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping.")
                    .exception(e);
        }
    }

    private void offer(Part part) {
        boolean taken = parts.offer(part);
        if (!taken && part instanceof Part.Gone) {
            parts.clear();
            parts.add(part);
        }
    }

    private static RuntimeException missing(String field, String message) {
        return Problem.field(ErrorCode.MISSING_FIELD, field, "required", message)
                .exception();
    }
}
