package io.atelier.learn.train;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One training's folder: settings.json, metrics.jsonl, samples/, checkpoints/, package/, published.json. Held by one
 * process at a time.
 */
public final class RunFolder implements AutoCloseable {
    private static final String SETTINGS = "settings.json";

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final Checkpoints checkpoints;

    private RunFolder(Path folder, FileChannel lockFile, FileLock lock, TrainingEvents events) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
        this.checkpoints = new Checkpoints(folder.resolve("checkpoints"), events);
    }

    /** Opens or makes a run folder; refuses one that another process holds. */
    public static RunFolder open(Path folder, TrainingEvents events) {
        makeFolders(folder);
        try {
            FileChannel file =
                    FileChannel.open(folder.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(file);
            if (lock == null) {
                file.close();
                throw Problem.field(
                                ErrorCode.CONFLICTING_FIELDS,
                                "out",
                                "one process a run folder",
                                "Another process trains in " + folder + "; choose another --out or wait for it.")
                        .exception();
            }
            return new RunFolder(folder, file, lock, events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeFolders(Path folder) {
        try {
            Files.createDirectories(folder.resolve("samples"));
            Files.createDirectories(folder.resolve("checkpoints"));
        } catch (IOException e) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "out",
                            "a folder this user may write",
                            "The folder " + folder + " cannot be made (" + e + "); choose another --out.")
                    .exception(e);
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Whether a training was begun here. */
    public boolean begun() {
        return begun(folder);
    }

    /** Whether a training was begun in a folder. */
    static boolean begun(Path folder) {
        return Files.exists(folder.resolve(SETTINGS));
    }

    /** Takes what lies in a folder within this one for its own, settings last: a run has begun once all of it is here. */
    void adopt(Path whole) {
        try (Stream<Path> children = Files.list(whole)) {
            List<Path> settingsLast =
                    children.sorted(Comparator.comparing(RunFolder::isSettings)).toList();
            for (Path child : settingsLast) {
                Path target = folder.resolve(child.getFileName());
                Durable.deleteFolder(target);
                Files.move(child, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Durable.deleteFolder(whole);
    }

    private static boolean isSettings(Path file) {
        return file.endsWith(SETTINGS);
    }

    public Optional<String> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String name, String text) {
        Durable.writeFile(folder.resolve(name), text);
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** An empty folder under this name. */
    public Path freshFolder(String name) {
        Path fresh = folder.resolve(name);
        Durable.deleteFolder(fresh);
        try {
            return Files.createDirectories(fresh);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Checkpoints checkpoints() {
        return checkpoints;
    }

    public MetricsLog metrics() {
        return new MetricsLog(folder.resolve("metrics.jsonl"));
    }

    Path sample(long step) {
        return folder.resolve("samples").resolve("step-%09d.png".formatted(step));
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
