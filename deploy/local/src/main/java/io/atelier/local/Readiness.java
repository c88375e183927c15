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

/** Asks a service for its health until it is ready. */
final class Readiness {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private Readiness() {}

    /** Returns when the service is ready; throws when it gave up or the time is over. */
    static void await(String name, int httpPort, CompletableFuture<String> gaveUp, Duration patience) {
        URI health = URI.create("http://127.0.0.1:" + httpPort + "/q/health/ready");
        long end = System.nanoTime() + patience.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, health)) {
                if (System.nanoTime() > end) {
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
