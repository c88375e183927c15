package io.atelier.kit;

import static org.awaitility.Awaitility.await;

import io.atelier.local.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** A jar that runs as a process of its own and writes all it says to a file. Closing kills it, if it still lives. */
public final class ChildJvm implements AutoCloseable {
    private static final Duration DEATH = Duration.ofSeconds(30);
    private static final int TAIL = 40;

    private final Process process;
    private final Path log;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a jar; what it says is appended to the log. */
    public static ChildJvm start(JavaCommand command, Path log) {
        try {
            Process process = command.process()
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildJvm(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a GET answers 200. Fails with the end of the log when the process dies or the time runs out. */
    public void awaitHttp(URI address, Duration timeout) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            awaitReady(timeout, () -> answersOk(client, address));
        }
    }

    /** Waits until the log matches somewhere. Fails with the end of the log when the process dies or the time runs out. */
    public void awaitLog(String regex, Duration timeout) {
        Pattern pattern = Pattern.compile(regex);
        awaitReady(timeout, () -> pattern.matcher(log()).find());
    }

    /** Waits for the process to end and answers its exit code. */
    public int awaitExit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Still running after " + timeout + "; its log ends:\n" + tail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** kill -9, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(DEATH);
    }

    /** SIGTERM, and waits for the orderly end. Answers the exit code. */
    public int terminate(Duration timeout) {
        process.destroy();
        return awaitExit(timeout);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** All it said so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private void awaitReady(Duration timeout, Callable<Boolean> ready) {
        try {
            await().atMost(timeout).pollInterval(Duration.ofMillis(50)).until(() -> !process.isAlive() || ready.call());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Not ready within " + timeout + "; its log ends:\n" + tail(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError("The process died; its log ends:\n" + tail());
        }
    }

    private static boolean answersOk(HttpClient client, URI address) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }
}
