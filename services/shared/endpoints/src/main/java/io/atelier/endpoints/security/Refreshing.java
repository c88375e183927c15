package io.atelier.endpoints.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The one thread that looks at mounted files and fetches keys, so that no call does. */
final class Refreshing implements AutoCloseable {
    private final Duration interval;
    private final List<MountedFile<?>> files = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("atelier-security").factory());

    Refreshing(Duration interval) {
        this.interval = interval;
    }

    /** Reads a file now, and again whenever it has changed. */
    <T> MountedFile<T> file(String setting, Path path, Function<byte[], T> parser) {
        MountedFile<T> file = MountedFile.open(setting, path, parser);
        files.add(file);
        return file;
    }

    ScheduledExecutorService thread() {
        return thread;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(
                () -> files.forEach(MountedFile::refresh),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
