package io.atelier.cli.demo;

import io.atelier.cli.CommandException;
import io.atelier.kernel.Digest;
import io.atelier.proto.common.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Fetches artifacts from the addresses that events name, and compares them with their digests. */
final class Download implements AutoCloseable {
    private static final int MAX_BYTES = 64 << 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Duration timeout;

    Download(Duration timeout) {
        this.timeout = timeout;
    }

    byte[] bytes(Artifact artifact) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(artifact.getUri()))
                .timeout(timeout)
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return checked(artifact, answer.statusCode(), body.readNBytes(MAX_BYTES));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("Stopped while fetching " + artifact.getUri());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static byte[] checked(Artifact artifact, int status, byte[] bytes) {
        if (status != 200) {
            throw CommandException.failed(artifact.getUri() + " answered " + status + ".");
        }
        if (!Digest.of(bytes).hex().equals(artifact.getSha256())) {
            throw CommandException.failed(artifact.getUri() + " has not the digest its event names.");
        }
        return bytes;
    }
}
