package io.atelier.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A cluster's files.
 *
 * @param data its data directory
 */
record Cluster(Path data) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Ends a server that outlived the program that started it: two on one cluster would destroy it. */
    void endLeftOver() throws IOException, InterruptedException {
        Optional<ProcessHandle> server = server();
        if (server.isEmpty()) {
            return;
        }
        server.get().destroy();
        try {
            server.get().onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            server.get().destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server that its lock file names, if that process is one. */
    Optional<ProcessHandle> server() throws IOException {
        return named().filter(process -> process.info().command().orElse("").endsWith("postgres"));
    }

    /** The process that its lock file names; after a crash of the machine that may be any other. */
    Optional<ProcessHandle> named() throws IOException {
        Path lock = data.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(lock);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().trim()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
