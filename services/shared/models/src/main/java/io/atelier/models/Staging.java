package io.atelier.models;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A package on its way into the repository: a folder under {@code .staging}, on the same file system as the models, so
 * that a rename makes it visible at once. What a crash leaves there is swept after a day.
 */
final class Staging implements AutoCloseable {
    private static final String FOLDER = ".staging";
    private static final Duration LEFT_OVER = Duration.ofDays(1);

    private final Path folder;

    private Staging(Path folder) {
        this.folder = folder;
    }

    static Staging open(Path repository, InstantSource clock) throws IOException {
        Path all = Files.createDirectories(repository.resolve(FOLDER));
        sweep(all, clock);
        // No temporary folder of Java's: those are closed to other users, and this one becomes the version's.
        return new Staging(Files.createDirectory(all.resolve("publish-" + UUID.randomUUID())));
    }

    Path folder() {
        return folder;
    }

    /** Copies a draft's files, flushed to disk; returns them sorted by name. */
    List<ModelFile> copy(Map<String, Path> files) throws IOException {
        List<ModelFile> copied = new ArrayList<>();
        for (Map.Entry<String, Path> file : new TreeMap<>(files).entrySet()) {
            PackageFiles.requirePlain(file.getKey(), file.getValue());
            copied.add(Durable.copy(file.getKey(), file.getValue(), folder.resolve(file.getKey())));
        }
        return copied;
    }

    /** Writes model.json and renames the folder; false when the target is taken. */
    boolean place(ModelManifest manifest, Path target) throws IOException {
        Durable.write(folder.resolve(PackageFiles.MANIFEST), ModelJson.write(manifest));
        Durable.syncFolder(folder);
        try {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            throw e;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Durable.syncFolder(parent);
        }
        return true;
    }

    /** Removes what was not placed. */
    @Override
    public void close() throws IOException {
        delete(folder);
    }

    private static void sweep(Path all, InstantSource clock) throws IOException {
        FileTime limit = FileTime.from(clock.instant().minus(LEFT_OVER));
        try (Stream<Path> leftovers = Files.list(all)) {
            for (Path leftover : leftovers.toList()) {
                try {
                    if (Files.getLastModifiedTime(leftover).compareTo(limit) < 0) {
                        delete(leftover);
                    }
                } catch (IOException e) {
                    // Another process sweeps or finishes it; the next publishing looks again.
                }
            }
        }
    }

    /** Removes a file, or a folder of files. */
    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(folder);
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
