package io.atelier.kit.artifacts;

import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Artifacts and outcomes to be stored. */
final class Works {
    private Works() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Digest digest(String text) {
        return Digest.of(utf8(text));
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(utf8(text));
    }

    static NewArtifact text(String text) {
        return new NewArtifact(utf8(text), "text/plain", Optional.empty());
    }

    static NewArtifact work(String text) {
        return new NewArtifact(utf8(text), "image/png", Optional.of(provenance()));
    }

    static Provenance provenance() {
        return new Provenance(
                "gan-tiles",
                Digest.of(new byte[] {1}),
                -7,
                new TreeMap<>(Map.of("label", "wall & \"door\"", "count", "2")),
                "cpu/x86_64/onnxruntime-1.29.0/threads-2");
    }

    static RequestKey key(String id) {
        return RequestKey.of("image", RequestKey.Entrance.KAFKA, "test", id);
    }

    static StoredOutcome outcome(String id, String data, Instant at, Digest... artifacts) {
        return new StoredOutcome(
                key(id),
                StoredOutcome.Kind.COMPLETED,
                id,
                "test",
                Optional.of(digest(id)),
                Map.of("id", id, "time", at.toString()),
                utf8(data),
                List.of(artifacts),
                at);
    }

    static String text(StoredOutcome outcome) {
        return new String(outcome.data(), StandardCharsets.UTF_8);
    }
}
