package io.atelier.artifacts.directory;

import io.atelier.artifacts.SweepReport;
import io.atelier.artifacts.WorkStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A folder of artifacts and outcomes that several processes may have open, each once. Thread-safe. Close it after the
 * last put.
 */
public final class DirectoryStore implements WorkStore {
    private final Disk disk;
    private final Ledger ledger;
    private final DirectoryArtifactStore artifacts;
    private final DirectoryOutcomeStore outcomes;
    private final RetentionSweep sweep;

    private DirectoryStore(StoreSettings settings, Disk disk, Ledger ledger, InstantSource clock) {
        this.disk = disk;
        this.ledger = ledger;
        Path staging = staging(settings.root());
        Shelf works = shelf(settings.root(), "artifacts");
        Shelf ends = shelf(settings.root(), "outcomes");
        this.artifacts = new DirectoryArtifactStore(
                settings, new Placing(works, staging, settings.quotaBytes(), disk, ledger, clock));
        this.outcomes = new DirectoryOutcomeStore(ends, staging, disk, ledger);
        this.sweep = new RetentionSweep(works, ends, staging, settings, disk, ledger, clock);
    }

    /** Opens the store, making what is absent; throws STORE_UNAVAILABLE when the folder cannot be written. */
    public static DirectoryStore open(StoreSettings settings, InstantSource clock) {
        Disk disk = new Disk();
        try {
            return disk.write(() -> {
                Path root = settings.root();
                for (Path folder : List.of(
                        staging(root),
                        shelf(root, "artifacts").base(),
                        shelf(root, "outcomes").base())) {
                    Files.createDirectories(folder);
                }
                disk.flush(List.of(root));
                Ledger ledger = new Ledger(root.resolve("ledger"));
                DirectoryStore store = new DirectoryStore(settings, disk, ledger, clock);
                if (ledger.isFresh()) {
                    store.sweep.sweep();
                }
                return store;
            });
        } catch (RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    @Override
    public DirectoryArtifactStore artifacts() {
        return artifacts;
    }

    @Override
    public DirectoryOutcomeStore outcomes() {
        return outcomes;
    }

    /**
     * Deletes expired outcomes, then the artifacts that only they named and nobody put lately, and recounts the bytes.
     * Empty while another process sweeps. Safe beside puts; once an hour is enough.
     */
    @Override
    public Optional<SweepReport> sweep() {
        return disk.write(sweep::sweep);
    }

    /** The bytes of all artifacts, as far as all processes have counted them. */
    @Override
    public long usedBytes() {
        return disk.write(ledger::total);
    }

    private static Path staging(Path root) {
        return root.resolve("staging");
    }

    private static Shelf shelf(Path root, String name) {
        return new Shelf(root.resolve(name));
    }

    @Override
    public void close() {
        disk.close();
        try {
            ledger.close();
        } catch (IOException e) {
            throw Disk.unavailable(e);
        }
    }
}
