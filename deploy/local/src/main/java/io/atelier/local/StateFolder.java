package io.atelier.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where everything that lasts lies.
 *
 * @param path the folder
 */
public record StateFolder(Path path) {

    public StateFolder {
        path = path.toAbsolutePath().normalize();
    }

    public Path models() {
        return path.resolve("models");
    }

    public Path artifacts() {
        return path.resolve("artifacts");
    }

    /** What is fetched of a model repository elsewhere. */
    public Path modelCache() {
        return path.resolve("model-cache");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** What trainings keep while they run. */
    public Path training() {
        return path.resolve("training");
    }

    Path database() {
        return path.resolve("database");
    }

    Path broker() {
        return path.resolve("broker");
    }

    Path suiteFile() {
        return path.resolve("suite.json");
    }

    /** Makes the folders and takes the folder for one suite; the system gives it back when this process ends. */
    Hold take() {
        try {
            for (Path folder : new Path[] {models(), artifacts(), logs()}) {
                Files.createDirectories(folder);
            }
            FileChannel file =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(file);
            if (lock == null) {
                file.close();
                throw new LocalException("Another suite holds the state folder " + path + owner()
                        + ". Stop it, or name another folder with --state.");
            }
            return new Hold(file);
        } catch (IOException e) {
            throw new LocalException("The state folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    private String owner() {
        return RunningSuite.find(this)
                .map(suite -> " (process " + suite.pid() + ")")
                .orElse("");
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    /** The right to use a state folder. */
    static final class Hold implements AutoCloseable {
        private final FileChannel file;

        private Hold(FileChannel file) {
            this.file = file;
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
