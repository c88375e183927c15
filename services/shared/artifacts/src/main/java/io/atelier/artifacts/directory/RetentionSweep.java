package io.atelier.artifacts.directory;

import io.atelier.artifacts.SweepReport;
import io.atelier.artifacts.stored.Outcomes;
import io.atelier.kernel.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what has been kept long enough, and counts what is left.
 *
 * <p>Expired outcomes go first and their folders are flushed, then the artifacts that no outcome names and nobody put
 * lately: a reader never meets an outcome whose artifacts are gone. An outcome put during the sweep rests on artifacts put
 * just before, which their time keeps.
 */
final class RetentionSweep {
    private static final Duration STAGED = Duration.ofDays(1);

    private final Shelf artifacts;
    private final Shelf outcomes;
    private final Path staging;
    private final StoreSettings settings;
    private final Disk disk;
    private final Ledger ledger;
    private final InstantSource clock;

    RetentionSweep(
            Shelf artifacts,
            Shelf outcomes,
            Path staging,
            StoreSettings settings,
            Disk disk,
            Ledger ledger,
            InstantSource clock) {
        this.artifacts = artifacts;
        this.outcomes = outcomes;
        this.staging = staging;
        this.settings = settings;
        this.disk = disk;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Sweeps, or returns nothing while another process does. */
    Optional<SweepReport> sweep() throws IOException {
        Optional<Ledger.Held> right = ledger.trySweep();
        if (right.isEmpty()) {
            return Optional.empty();
        }
        try (Ledger.Held held = right.get()) {
            for (Path left : Shelf.children(staging)) {
                if (isOlder(left, STAGED)) {
                    Files.deleteIfExists(left);
                }
            }
            int expired = deleteOutcomes();
            NamedArtifacts named = anythingOld() ? named() : NamedArtifacts.none();
            int deleted = 0;
            for (int stripe = 0; stripe < Shelf.STRIPES; stripe++) {
                deleted += deleteAndCount(stripe, named);
            }
            return Optional.of(new SweepReport(expired, deleted, ledger.total()));
        }
    }

    private int deleteOutcomes() throws IOException {
        int deleted = 0;
        for (int stripe = 0; stripe < Shelf.STRIPES; stripe++) {
            List<Path> folders = new ArrayList<>();
            for (Path outcome : outcomes.list(stripe)) {
                if (isOlder(outcome, settings.outcomeRetention()) && Files.deleteIfExists(outcome)) {
                    deleted++;
                    folders.add(outcome.resolveSibling(".").normalize());
                }
            }
            disk.flush(folders.stream().distinct().toList());
        }
        return deleted;
    }

    /** Whether any artifact may be due, so that the outcomes have to be read. */
    private boolean anythingOld() throws IOException {
        for (int stripe = 0; stripe < Shelf.STRIPES; stripe++) {
            for (Path file : artifacts.list(stripe)) {
                if (isSidecar(file) && isOlder(file, settings.artifactRetention())) {
                    return true;
                }
            }
        }
        return false;
    }

    private NamedArtifacts named() throws IOException {
        NamedArtifacts.Builder named = NamedArtifacts.builder();
        for (int stripe = 0; stripe < Shelf.STRIPES; stripe++) {
            for (Path outcome : outcomes.list(stripe)) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(outcome), 1024)) {
                    Outcomes.artifacts(in, named::add);
                } catch (NoSuchFileException e) {
                    continue;
                }
            }
        }
        return named.build();
    }

    /** Deletes what is due under one first folder, and sets its counter to what is left. */
    private int deleteAndCount(int stripe, NamedArtifacts named) throws IOException {
        try (Ledger.Held held = ledger.lock(stripe)) {
            Map<String, Path> files = artifacts.list(stripe).stream()
                    .collect(Collectors.toMap(RetentionSweep::name, Function.identity(), (a, b) -> a, HashMap::new));
            int deleted = 0;
            long bytes = 0;
            for (Map.Entry<String, Path> entry : files.entrySet()) {
                if (isSidecar(entry.getValue()) || !Digest.isValid(entry.getKey())) {
                    continue;
                }
                Path sidecar = files.get(entry.getKey() + Placing.SIDECAR);
                if (isDue(entry, sidecar, named)) {
                    if (sidecar != null) {
                        Files.deleteIfExists(sidecar); // first, for without it the artifact is gone for readers
                    }
                    Files.deleteIfExists(entry.getValue());
                    deleted++;
                } else {
                    bytes += Files.size(entry.getValue());
                }
            }
            ledger.set(stripe, bytes);
            return deleted;
        }
    }

    private boolean isDue(Map.Entry<String, Path> artifact, @Nullable Path sidecar, NamedArtifacts named) {
        if (sidecar == null) { // its put was killed between the two names
            return isOlder(artifact.getValue(), STAGED);
        }
        return isOlder(sidecar, settings.artifactRetention()) && !named.contains(artifact.getKey());
    }

    private boolean isOlder(Path file, Duration age) {
        try {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            return changed.plus(age).isBefore(clock.instant());
        } catch (IOException e) {
            return false; // gone, or to be met again at the next sweep
        }
    }

    private static boolean isSidecar(Path file) {
        return name(file).endsWith(Placing.SIDECAR);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
