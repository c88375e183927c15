package io.atelier.models;

import java.util.List;
import java.util.Optional;

/**
 * Keeps model packages by name and version. Thread-safe, and safe against other processes on the same repository.
 *
 * <p>Unknown names and versions answer {@code UNKNOWN_MODEL}; a manifest that cannot be read {@code
 * UNREADABLE_MANIFEST}; a lost race for a conditional write {@code PUBLISH_CONFLICT}; a repository elsewhere that cannot be
 * reached {@code REPOSITORY_UNAVAILABLE}.
 */
public interface ModelRepository {

    /** All names with at least one published version, sorted. */
    List<ModelName> names();

    /** The published versions of a model, ascending; empty for an unknown name. */
    List<Long> versions(ModelName name);

    /** The promotion of a model, or empty when it has none. */
    Optional<Promotion> promotion(ModelName name);

    /** Reads the manifest of a version (the promoted one when the reference names none), and nothing else of it. */
    ModelManifest manifest(ModelRef ref);

    /**
     * Opens a version, its files on this machine's disk for at least an hour; what lies elsewhere is fetched, and then
     * compared with its digests. Nothing that is here already is read.
     */
    ModelPackage open(ModelRef ref);

    /** Compares every file of a package with its manifest, and the manifest with its digest; throws BROKEN_PACKAGE naming the file. */
    void verify(ModelPackage found);

    /**
     * Publishes the next version atomically, and promotes it unless the model is pinned or {@code promote} is false.
     * Returns the package as published.
     */
    ModelPackage publish(ModelDraft draft, boolean promote);

    /**
     * Publishes as {@link #publish(ModelDraft, boolean)} does, for a training job: each number is taken by the claim
     * before model.json becomes visible under it. A version whose manifest names the same job is adopted instead:
     * returned, and promoted as a fresh one would be, unless it was promoted and rolled back meanwhile. {@code
     * PUBLISH_CONFLICT} when the claim refuses a number; then nothing became visible.
     */
    ModelPackage publish(ModelDraft draft, boolean promote, VersionClaim claim);

    /**
     * Publishes as {@link #publish(ModelDraft, boolean)} does, unless a version with the draft's digest is already there; then returns the
     * first such version, and promotes it only when {@code promote} is true and the model has no promoted version.
     */
    ModelPackage publishIfNew(ModelDraft draft, boolean promote);

    /** Makes a version the current one. {@code PINNED} while the model is pinned to another one. */
    Promotion promote(ModelName name, long version);

    /** Promotes a version and keeps it current whatever is published later; {@link #unpin} ends that. */
    Promotion pin(ModelName name, long version);

    /** Lets publishing promote again; the current version stays. */
    Promotion unpin(ModelName name);

    /**
     * Promotes the version that was current before; twice returns to where it was. {@code UNKNOWN_MODEL} when there was
     * none, {@code PINNED} while the model is pinned.
     */
    Promotion rollback(ModelName name);
}
