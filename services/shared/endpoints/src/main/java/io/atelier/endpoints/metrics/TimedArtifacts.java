package io.atelier.endpoints.metrics;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.NewArtifact;
import io.atelier.kernel.Digest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** An artifact store that times its durable writes of works as {@code atelier_outcome_write_seconds}. */
public final class TimedArtifacts implements ArtifactStore {
    private final ArtifactStore store;
    private final Timer writes;

    public TimedArtifacts(ArtifactStore store, MeterRegistry registry) {
        this.store = store;
        this.writes = Writes.timer(registry, "artifacts");
    }

    @Override
    public List<ArtifactInfo> putAll(List<NewArtifact> artifacts) {
        return Writes.time(writes, () -> store.putAll(artifacts));
    }

    @Override
    public ArtifactInfo put(InputStream bytes, String mediaType, Optional<Digest> expected, long maxBytes) {
        return store.put(bytes, mediaType, expected, maxBytes);
    }

    @Override
    public Optional<ArtifactInfo> find(Digest id) {
        return store.find(id);
    }

    @Override
    public InputStream open(Digest id, long offset) {
        return store.open(id, offset);
    }

    @Override
    public byte[] read(Digest id, int maxBytes) {
        return store.read(id, maxBytes);
    }
}
