package io.atelier.artifacts.directory;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.stored.Outcomes;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Outcomes as files that get their name by a hard link, once. */
public final class DirectoryOutcomeStore implements OutcomeStore {
    private final Shelf shelf;
    private final Path staging;
    private final Disk disk;
    private final Ledger ledger;

    DirectoryOutcomeStore(Shelf shelf, Path staging, Disk disk, Ledger ledger) {
        this.shelf = shelf;
        this.staging = staging;
        this.disk = disk;
        this.ledger = ledger;
    }

    @Override
    public Optional<StoredOutcome> find(RequestKey key) {
        try {
            return Disk.read(file(key)).flatMap(bytes -> Outcomes.read(key, bytes));
        } catch (IOException e) {
            throw Disk.unavailable(e);
        }
    }

    @Override
    public StoredOutcome putIfAbsent(StoredOutcome outcome) {
        return disk.write(() -> place(outcome));
    }

    private StoredOutcome place(StoredOutcome outcome) throws IOException {
        RequestKey key = outcome.key();
        Path folder = shelf.folder(key.digest());
        Optional<StoredOutcome> stored = find(key);
        if (stored.isEmpty()) {
            Path staged = staging.resolve(UUID.randomUUID() + ".outcome");
            try {
                stage(staged, outcome, folder);
                stored = link(staged, outcome);
            } finally {
                Files.deleteIfExists(staged);
            }
        }
        // also for one that another process put: it may not have come so far yet
        disk.flush(List.of(folder));
        return stored.orElse(outcome);
    }

    private void stage(Path staged, StoredOutcome outcome, Path folder) throws IOException {
        Digest id = outcome.key().digest();
        List<Path> flush = new ArrayList<>(disk.makeFolder(shelf, shelf.first(id), folder));
        Disk.create(staged, Outcomes.write(outcome));
        Files.setLastModifiedTime(staged, FileTime.from(outcome.storedAt()));
        flush.add(staged);
        disk.flush(flush);
        disk.known(folder);
    }

    /** Gives the staged file its name, or returns what has that name already. */
    private Optional<StoredOutcome> link(Path staged, StoredOutcome outcome) throws IOException {
        try {
            Files.createLink(file(outcome.key()), staged);
            return Optional.empty();
        } catch (FileAlreadyExistsException | UnsupportedOperationException e) {
            return replaceUnlessWhole(staged, outcome.key());
        }
    }

    /** For a file that the disk has damaged, and for file systems without hard links. */
    private Optional<StoredOutcome> replaceUnlessWhole(Path staged, RequestKey key) throws IOException {
        try (Ledger.Held held = ledger.lock(Shelf.stripe(key.digest()))) {
            Optional<StoredOutcome> stored = find(key);
            if (stored.isEmpty()) {
                Files.move(staged, file(key), StandardCopyOption.ATOMIC_MOVE);
            }
            return stored;
        }
    }

    private Path file(RequestKey key) {
        return shelf.file(key.digest(), ".json");
    }
}
