package io.atelier.endpoints.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.kernel.Digest;
import io.atelier.proto.common.v1.Artifact;
import java.util.List;
import java.util.Map;

/**
 * Puts the bytes of artifacts into a gRPC answer: each up to 1 MiB, in order, as long as all of them stay under 3 MiB, so
 * that an answer never meets a client's usual 4 MiB limit. Outcomes hold references only.
 */
public final class InlineContent {
    /** The largest artifact that travels inside an answer, in bytes. */
    public static final int MAX_ARTIFACT_BYTES = 1 << 20;

    /** The most that all artifacts inside one answer take together, in bytes. */
    public static final int MAX_ANSWER_BYTES = 3 << 20;

    private final ArtifactStore artifacts;

    public InlineContent(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** Answers the message with content wherever an artifact is named and fits. */
    public <M extends Message> M attach(M message) {
        Message.Builder whole = message.toBuilder();
        fill(whole, new Budget());
        @SuppressWarnings("unchecked") // a builder of M builds M
        M filled = (M) whole.build();
        return filled;
    }

    private void fill(Message.Builder message, Budget budget) {
        if (message instanceof Artifact.Builder artifact) {
            if (budget.take(artifact.getSize())) {
                artifact.setContent(content(artifact.getId()));
            }
            return;
        }
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isMapField()) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = 0; i < ((List<?>) entry.getValue()).size(); i++) {
                    fill(message.getRepeatedFieldBuilder(field, i), budget);
                }
            } else {
                fill(message.getFieldBuilder(field), budget);
            }
        }
    }

    private ByteString content(String id) {
        return UnsafeByteOperations.unsafeWrap(artifacts.read(new Digest(id), MAX_ARTIFACT_BYTES));
    }

    private static final class Budget {
        private long left = MAX_ANSWER_BYTES;

        boolean take(long size) {
            boolean fits = size <= MAX_ARTIFACT_BYTES && size <= left;
            left -= fits ? size : 0;
            return fits;
        }
    }
}
