package io.atelier.artifacts;

import java.util.Optional;

/** Artifacts and outcomes kept together, as one process opens them. Thread-safe. Close it after the last put. */
public interface WorkStore extends AutoCloseable {

    ArtifactStore artifacts();

    OutcomeStore outcomes();

    /**
     * Deletes expired outcomes and the artifacts that only they named and nobody put lately, and recounts the bytes.
     * Empty while another process sweeps. Safe beside puts; once an hour is enough.
     */
    Optional<SweepReport> sweep();

    /** The bytes of all artifacts, as far as they have been counted. */
    long usedBytes();

    @Override
    void close();
}
