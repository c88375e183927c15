package io.atelier.endpoints.artifacts;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.endpoints.grpc.CallInfo;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.grpc.StreamWriter;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.proto.artifacts.v1.ArtifactServiceGrpc;
import io.atelier.proto.artifacts.v1.PutArtifactRequest;
import io.atelier.proto.artifacts.v1.PutArtifactResponse;
import io.atelier.proto.artifacts.v1.ReadArtifactRequest;
import io.atelier.proto.artifacts.v1.ReadArtifactResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Puts and reads artifacts in chunks of at most 64 KiB, no faster than either side takes them. */
@GrpcService
final class ArtifactGrpc extends ArtifactServiceGrpc.ArtifactServiceImplBase {
    static final int CHUNK_BYTES = 1 << 16;

    private final ArtifactStore store;
    private final Calls calls;
    private final References references;
    private final UploadLimits limits;

    ArtifactGrpc(ArtifactStore store, Calls calls, References references, UploadLimits limits) {
        this.store = store;
        this.calls = calls;
        this.references = references;
        this.limits = limits;
    }

    @Override
    public StreamObserver<PutArtifactRequest> putArtifact(StreamObserver<PutArtifactResponse> observer) {
        ServerCallStreamObserver<PutArtifactResponse> call = (ServerCallStreamObserver<PutArtifactResponse>) observer;
        Upload upload = new Upload(() -> call.request(1), limits.stall());
        Cancellation cancellation = new Cancellation();
        cancellation.onCancel(upload::abandon);
        StreamWriter<PutArtifactResponse> out = StreamWriter.open(observer, cancellation);
        call.disableAutoRequest();
        calls.run(
                CallInfo.current(),
                status -> {
                    upload.abandon();
                    out.fail(status);
                },
                () -> out.finish(put(upload)));
        return upload;
    }

    @Override
    public void readArtifact(ReadArtifactRequest request, StreamObserver<ReadArtifactResponse> observer) {
        StreamWriter<ReadArtifactResponse> out = StreamWriter.open(observer, new Cancellation());
        calls.run(CallInfo.current(), out::fail, () -> read(request, out));
    }

    private PutArtifactResponse put(Upload upload) {
        Upload.Description described = upload.description();
        ArtifactInfo info = store.put(upload, described.mediaType(), described.sha256(), limits.maxBytes());
        return PutArtifactResponse.newBuilder().setArtifact(references.to(info)).build();
    }

    private void read(ReadArtifactRequest request, StreamWriter<ReadArtifactResponse> out) {
        ArtifactInfo info = find(request.getId());
        if (request.getOffset() < 0 || request.getOffset() > info.size()) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "offset",
                            "0.." + info.size(),
                            "The artifact has " + info.size() + " bytes.")
                    .exception();
        }
        out.send(
                ReadArtifactResponse.newBuilder()
                        .setArtifact(references.to(info))
                        .build(),
                limits.stall());
        try (InputStream bytes = store.open(info.id(), request.getOffset())) {
            for (byte[] chunk = bytes.readNBytes(CHUNK_BYTES);
                    chunk.length > 0;
                    chunk = bytes.readNBytes(CHUNK_BYTES)) {
                ByteString content = UnsafeByteOperations.unsafeWrap(chunk);
                out.send(ReadArtifactResponse.newBuilder().setChunk(content).build(), limits.stall());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.finish();
    }

    private ArtifactInfo find(String id) {
        if (!Digest.isValid(id)) {
            throw Problem.field(
                            ErrorCode.MALFORMED_ID,
                            "id",
                            "[0-9a-f]{64}",
                            "An artifact's id is 64 lower-case hex digits.")
                    .exception();
        }
        return store.find(new Digest(id))
                .orElseThrow(() -> Problem.field(
                                ErrorCode.UNKNOWN_ARTIFACT,
                                "id",
                                "a stored artifact",
                                "No artifact " + id + " is stored.")
                        .exception());
    }
}
