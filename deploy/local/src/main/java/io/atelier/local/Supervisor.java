package io.atelier.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps one service running: starts it, restarts it when it dies, and gives up when it dies too often. */
final class Supervisor implements AutoCloseable {
    private static final Duration BEFORE_RESTART = Duration.ofMillis(500);

    private final String name;
    private final Supplier<ProcessBuilder> command;
    private final ServiceLog log;
    private final Consumer<String> console;
    private final Duration patience;
    private final RestartPolicy restarts;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<String> gaveUp = new CompletableFuture<>();
    private final Thread watcher;
    private @Nullable Process process;
    private boolean killed;
    private long began;

    /**
     * @param command makes the process anew for each start, for its jar may be gone by the next; throws LocalException
     * @param patience how long a service may take to stop before it is killed
     */
    Supervisor(
            String name,
            Supplier<ProcessBuilder> command,
            ServiceLog log,
            Consumer<String> console,
            Duration patience,
            InstantSource clock) {
        this.name = name;
        this.command = command;
        this.log = log;
        this.console = console;
        this.patience = patience;
        this.restarts = new RestartPolicy(clock);
        this.watcher = Thread.ofVirtual().name("supervisor-" + name).unstarted(this::watch);
    }

    void start() {
        began = System.nanoTime();
        watcher.start();
    }

    /** How long ago it was started first. */
    Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Completes with the reason when the service died too often. */
    CompletableFuture<String> gaveUp() {
        return gaveUp;
    }

    /** Asks the service to stop; {@link #close} waits for it. */
    void stop() {
        stopping.countDown();
        synchronized (this) {
            if (process != null) {
                process.toHandle().destroy(); // Process.destroy would close the pipes before the last words
            }
        }
    }

    @Override
    public void close() {
        stop();
        try {
            if (!watcher.join(patience)) {
                console.accept(name + " did not stop within " + patience.toSeconds() + " s and is killed.");
                kill();
                watcher.join();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it had to be killed; known once closed. */
    synchronized boolean wasKilled() {
        return killed;
    }

    private synchronized void kill() {
        if (process != null) {
            killed = true;
            process.destroyForcibly();
        }
    }

    private void watch() {
        try {
            while (true) {
                Process started = launch();
                if (started == null) {
                    return;
                }
                log.follow(started.getInputStream());
                int code = started.waitFor();
                if (stopping.await(BEFORE_RESTART.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (!restarts.allows()) {
                    gaveUp.complete(obituary(code) + " That was too often: at most " + RestartPolicy.RESTARTS
                            + " restarts in " + RestartPolicy.WINDOW.toMinutes() + " minutes.");
                    return;
                }
                console.accept(obituary(code) + "\nRestarting " + name + ".");
            }
        } catch (IOException | UncheckedIOException e) {
            gaveUp.complete("The " + name + " service could not be run: " + e.getMessage());
            kill();
        } catch (LocalException e) {
            gaveUp.complete("The " + name + " service cannot be started. " + e.getMessage());
        } catch (InterruptedException e) {
            kill();
        }
    }

    private synchronized @Nullable Process launch() throws IOException {
        if (stopping.getCount() == 0) {
            return null;
        }
        Process started = command.get().redirectErrorStream(true).start();
        process = started;
        return started;
    }

    private String obituary(int code) {
        StringBuilder text = new StringBuilder("The " + name + " service ended with code " + code);
        text.append("; its last lines (").append(log.file()).append("):");
        log.lastLines().forEach(line -> text.append("\n  ").append(line));
        return text.toString();
    }
}
