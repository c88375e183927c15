package io.atelier.artifacts;

import io.atelier.kernel.Digest;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An artifact store that has the works it has just put still in memory, for they are mostly read at once: into an answer, or
 * by whoever got their event. Thread-safe.
 */
public final class RecentArtifacts implements ArtifactStore {
    /** The most that is held, in bytes. */
    static final int MOST = 8 << 20;

    private final ArtifactStore store;
    private final Map<Digest, byte[]> recent = new LinkedHashMap<>();
    private int held;

    public RecentArtifacts(ArtifactStore store) {
        this.store = store;
    }

    @Override
    public List<ArtifactInfo> putAll(List<NewArtifact> artifacts) {
        List<ArtifactInfo> stored = store.putAll(artifacts);
        for (int i = 0; i < stored.size(); i++) {
            hold(stored.get(i).id(), artifacts.get(i).bytes());
        }
        return stored;
    }

    private synchronized void hold(Digest id, byte[] bytes) {
        if (bytes.length > MOST || recent.putIfAbsent(id, bytes) != null) {
            return;
        }
        held += bytes.length;
        Iterator<byte[]> oldest = recent.values().iterator();
        while (held > MOST) {
            held -= oldest.next().length;
            oldest.remove();
        }
    }

    private synchronized Optional<byte[]> held(Digest id) {
        return Optional.ofNullable(recent.get(id));
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
        return held(id).filter(bytes -> bytes.length <= maxBytes)
                .map(byte[]::clone)
                .orElseGet(() -> store.read(id, maxBytes));
    }
}
