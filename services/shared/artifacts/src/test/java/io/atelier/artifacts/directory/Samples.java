package io.atelier.artifacts.directory;

import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Artifacts and outcomes to be stored. */
final class Samples {
    private Samples() {}

    static NewArtifact text(String text) {
        return new NewArtifact(text.getBytes(StandardCharsets.UTF_8), "text/plain", Optional.empty());
    }

    static NewArtifact work(String text) {
        return new NewArtifact(text.getBytes(StandardCharsets.UTF_8), "image/png", Optional.of(provenance()));
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
                Optional.of(Digest.of(id.getBytes(StandardCharsets.UTF_8))),
                Map.of("id", id, "time", at.toString()),
                data.getBytes(StandardCharsets.UTF_8),
                List.of(artifacts),
                at);
    }
}
