package io.atelier.artifacts.directory;

import io.atelier.artifacts.stored.Refusals;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes that stay, on threads of its own: nobody interrupts these (an interrupt closes a file channel), and no virtual
 * thread's carrier waits for the disk.
 */
final class Disk implements AutoCloseable {
    /** The journal commits concurrent flushes together, so a few at once cost about one; more gain nothing. */
    private static final int AT_ONCE = 16;

    private final ExecutorService writers = pool("store-write-");
    private final ExecutorService flushers = pool("store-flush-");
    /** Folders whose own entry is known to be on disk; at most 65,536 a shelf. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    private static ExecutorService pool(String name) {
        return Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    /** Does a piece of work on a writer thread and waits for it, interrupted or not. */
    <T> T write(Callable<T> work) {
        try {
            return await(writers.submit(work));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Reads a small file, or nothing when there is none. */
    static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Writes a new file; {@link #flush} makes it durable. */
    static void create(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /** Makes a file's folder; returns what has to be flushed before {@link #known}. */
    List<Path> makeFolder(Shelf shelf, Path first, Path folder) throws IOException {
        if (durable.contains(folder)) {
            return List.of();
        }
        Files.createDirectories(folder);
        return List.of(shelf.base(), first);
    }

    void known(Path folder) {
        durable.add(folder);
    }

    /** Waits until these files and folders are on disk, all at once. */
    void flush(Collection<Path> paths) throws IOException {
        if (paths.size() == 1) {
            flush(paths.iterator().next());
            return;
        }
        List<Future<Path>> running = new ArrayList<>();
        for (Path path : paths) {
            running.add(flushers.submit(() -> flush(path)));
        }
        List<IOException> failures = new ArrayList<>();
        for (Future<Path> one : running) {
            try {
                await(one);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private static Path flush(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
        return path;
    }

    private static <T> T await(Future<T> future) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true; // a half-done put would leave its caller not knowing
                } catch (ExecutionException e) {
                    throw rethrow(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException rethrow(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    static ProblemException unavailable(IOException cause) {
        return Refusals.unavailable(cause);
    }

    @Override
    public void close() {
        writers.close();
        flushers.close();
    }
}
