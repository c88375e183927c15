package io.atelier.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks a service for its health until it is ready. */
final class Readiness {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static final Duration TELL = Duration.ofSeconds(3);

    private Readiness() {}

    /** Returns when the service is ready, and tells now and then that it is not; throws when it gave up or time is over. */
    static void await(
            String name,
            int httpPort,
            CompletableFuture<String> gaveUp,
            Duration patience,
            Consumer<String> console) {
        URI health = URI.create("http://127.0.0.1:" + httpPort + "/q/health/ready");
        long begun = System.nanoTime();
        long told = begun;
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, health)) {
                long now = System.nanoTime();
                if (now - told > TELL.toNanos()) {
                    told = now;
                    console.accept("Waiting for the " + name + " service, "
                            + Duration.ofNanos(now - begun).toSeconds() + " s");
                }
                if (now - begun > patience.toNanos()) {
                    throw new LocalException(
                            "The " + name + " service was not ready within " + patience.toSeconds() + " s.");
                }
                pause(gaveUp);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("Interrupted while waiting for the " + name + " service.", e);
        }
    }

    private static void pause(CompletableFuture<String> gaveUp) throws InterruptedException {
        try {
            throw new LocalException(gaveUp.get(POLL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            // it still lives: ask again
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReady(HttpClient client, URI health) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(health).timeout(ANSWER).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }
}
