package io.atelier.artifacts.directory;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.stored.Refusals;
import io.atelier.artifacts.stored.Sidecars;
import io.atelier.kernel.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Brings artifacts to their place: renews known ones, stages and flushes new ones, then names them. */
final class Placing {
    static final String SIDECAR = ".json";

    private final Shelf shelf;
    private final Path staging;
    private final long quotaBytes;
    private final Disk disk;
    private final Ledger ledger;
    private final InstantSource clock;

    Placing(Shelf shelf, Path staging, long quotaBytes, Disk disk, Ledger ledger, InstantSource clock) {
        this.shelf = shelf;
        this.staging = staging;
        this.quotaBytes = quotaBytes;
        this.disk = disk;
        this.ledger = ledger;
        this.clock = clock;
    }

    Path staging() {
        return staging;
    }

    Path bytes(Digest id) {
        return shelf.file(id, "");
    }

    private Path sidecar(Digest id) {
        return shelf.file(id, SIDECAR);
    }

    /** An artifact is there when its sidecar is, and its bytes are as many as that says. */
    Optional<ArtifactInfo> find(Digest id) throws IOException {
        Optional<ArtifactInfo> info = Disk.read(sidecar(id)).flatMap(bytes -> Sidecars.read(id, bytes));
        return info.isPresent() && size(bytes(id)) == info.get().size() ? info : Optional.empty();
    }

    /** Stores or renews, and returns when all is on disk. */
    Map<Digest, ArtifactInfo> place(List<Incoming> incoming) {
        return disk.write(() -> placeAll(incoming));
    }

    private Map<Digest, ArtifactInfo> placeAll(List<Incoming> incoming) throws IOException {
        Map<Digest, ArtifactInfo> stored = new LinkedHashMap<>();
        List<Staged> fresh = new ArrayList<>();
        Set<Path> folders = new LinkedHashSet<>();
        for (Incoming one : incoming) {
            folders.add(shelf.folder(one.info().id()));
            Optional<ArtifactInfo> renewed = renew(one.info());
            renewed.ifPresent(info -> stored.put(info.id(), info));
            if (renewed.isEmpty()) {
                fresh.add(new Staged(one, staging.resolve(UUID.randomUUID().toString())));
            }
        }
        try {
            stage(fresh);
            for (Staged one : fresh) {
                stored.put(one.id(), name(one));
            }
        } finally {
            for (Staged one : fresh) {
                Files.deleteIfExists(one.bytes());
                Files.deleteIfExists(one.sidecar());
            }
        }
        disk.flush(folders);
        return stored;
    }

    private Optional<ArtifactInfo> renew(ArtifactInfo info) throws IOException {
        try (Ledger.Held held = ledger.lock(Shelf.stripe(info.id()))) {
            return renewHeld(info);
        }
    }

    /** Renews what is there already, unless the new one tells more about its making. */
    private Optional<ArtifactInfo> renewHeld(ArtifactInfo info) throws IOException {
        Optional<ArtifactInfo> known = find(info.id());
        if (known.isEmpty()
                || known.get().provenance().isEmpty() && info.provenance().isPresent()) {
            return Optional.empty();
        }
        Files.setLastModifiedTime(sidecar(info.id()), FileTime.from(clock.instant()));
        return known;
    }

    /** Writes bytes and sidecars and waits for the disk once for all of them. */
    private void stage(List<Staged> fresh) throws IOException {
        if (fresh.isEmpty()) {
            return;
        }
        long bytes = fresh.stream().mapToLong(one -> one.info().size()).sum();
        if (ledger.total() + bytes > quotaBytes) {
            throw Refusals.full(quotaBytes);
        }
        Set<Path> flush = new LinkedHashSet<>();
        for (Staged one : fresh) {
            flush.addAll(disk.makeFolder(shelf, shelf.first(one.id()), shelf.folder(one.id())));
            one.incoming().source().stage(one.bytes());
            Disk.create(one.sidecar(), Sidecars.write(one.info()));
            Files.setLastModifiedTime(one.sidecar(), FileTime.from(clock.instant()));
            flush.add(one.bytes());
            flush.add(one.sidecar());
        }
        disk.flush(flush);
        fresh.forEach(one -> disk.known(shelf.folder(one.id())));
    }

    /** Names a staged artifact, bytes first, unless someone else has meanwhile. */
    private ArtifactInfo name(Staged one) throws IOException {
        int stripe = Shelf.stripe(one.id());
        try (Ledger.Held held = ledger.lock(stripe)) {
            Optional<ArtifactInfo> known = renewHeld(one.info());
            if (known.isPresent()) {
                return known.get();
            }
            long more = one.info().size() - Math.max(0, size(bytes(one.id())));
            if (!ledger.reserve(stripe, more, quotaBytes)) {
                throw Refusals.full(quotaBytes);
            }
            Files.move(one.bytes(), bytes(one.id()), StandardCopyOption.ATOMIC_MOVE);
            Files.move(one.sidecar(), sidecar(one.id()), StandardCopyOption.ATOMIC_MOVE);
            return one.info();
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /** A new artifact in staging. */
    private record Staged(Incoming incoming, Path bytes) {
        ArtifactInfo info() {
            return incoming.info();
        }

        Digest id() {
            return info().id();
        }

        Path sidecar() {
            return bytes.resolveSibling(bytes.getFileName() + SIDECAR);
        }
    }
}
