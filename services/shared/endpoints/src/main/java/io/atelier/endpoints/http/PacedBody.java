package io.atelier.endpoints.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a body chunk by chunk, the next one only when the last is written: a slow reader costs one chunk of memory. */
public final class PacedBody {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final long STALL_SECONDS = 30;

    private PacedBody() {}

    /** Sends {@code length} bytes and ends the response; closes the stream. Runs on a virtual thread. */
    public static void send(InputStream bytes, long length, HttpServerResponse response) throws IOException {
        try (bytes) {
            long left = length;
            while (left > 0) {
                byte[] chunk = bytes.readNBytes((int) Math.min(CHUNK_BYTES, left));
                if (chunk.length == 0) {
                    throw new IOException("the artifact ended " + left + " bytes early");
                }
                left -= chunk.length;
                await(response.write(Buffer.buffer(chunk)));
            }
            await(response.end());
        }
    }

    private static void await(Future<Void> written) throws IOException {
        try {
            written.toCompletionStage().toCompletableFuture().get(STALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the reader is gone or keeps still", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the service is stopping", e);
        }
    }
}
