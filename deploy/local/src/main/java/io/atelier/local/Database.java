package io.atelier.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The database's process. It says by a file in its folder when it takes connections. */
final class Database implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(25);

    /** Unpacking the server's program once takes this much; later almost nothing. */
    private static final List<String> JVM = List.of("-Xmx192m", "-XX:+UseSerialGC");

    private final Supervisor supervisor;
    private final Path ready;

    private Database(Supervisor supervisor, Path ready) {
        this.supervisor = supervisor;
        this.ready = ready;
    }

    static Database start(SuiteOptions options) {
        Path folder = options.state().database();
        Path ready = folder.resolve("ready");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(ready); // a killed one leaves it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JavaCommand command = JavaCommand.of(options.jars().apply("database"), JVM)
                .withArguments(List.of(
                        folder.toString(), Integer.toString(options.ports().database())));
        ServiceLog log = new ServiceLog("database", options.state().logs(), options.logs());
        Supervisor supervisor =
                new Supervisor("database", command::process, log, options.console(), STOP, InstantSource.system());
        supervisor.start();
        return new Database(supervisor, ready);
    }

    /** Returns when it takes connections; throws when it gave up or takes too long. */
    void await() {
        long begun = System.nanoTime();
        while (!Files.exists(ready)) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new LocalException("The database was not ready within " + PATIENCE.toSeconds() + " s.");
            }
            try {
                throw new LocalException(supervisor.gaveUp().get(POLL.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                // it still lives: look again
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalException("Interrupted while waiting for the database.", e);
            }
        }
    }

    CompletableFuture<String> gaveUp() {
        return supervisor.gaveUp();
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
