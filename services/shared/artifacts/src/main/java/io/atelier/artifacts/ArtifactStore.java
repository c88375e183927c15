package io.atelier.artifacts;

import io.atelier.kernel.Digest;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Content-addressed files. Thread-safe, and safe against other processes on the same store.
 *
 * <p>Every put is durable when it returns; putting known bytes renews their retention. A full quota answers {@code
 * QUOTA_EXCEEDED}, a store that cannot be written {@code STORE_UNAVAILABLE}, an unknown id {@code UNKNOWN_ARTIFACT}.
 */
public interface ArtifactStore {

    /** Stores several artifacts and waits once for all of them to be on disk. Answers in the order given. */
    List<ArtifactInfo> putAll(List<NewArtifact> artifacts);

    default ArtifactInfo put(NewArtifact artifact) {
        return putAll(List.of(artifact)).getFirst();
    }

    /**
     * Stores a stream of unknown length.
     *
     * @param expected the digest the bytes must have; {@code DIGEST_MISMATCH} otherwise
     * @param maxBytes {@code TOO_LARGE} beyond it; nothing is stored then
     */
    ArtifactInfo put(InputStream bytes, String mediaType, Optional<Digest> expected, long maxBytes);

    Optional<ArtifactInfo> find(Digest id);

    /** Opens an artifact at an offset in bytes; the caller closes the stream. */
    InputStream open(Digest id, long offset);

    /** Reads a whole artifact; {@code TOO_LARGE} beyond the limit. */
    byte[] read(Digest id, int maxBytes);
}
