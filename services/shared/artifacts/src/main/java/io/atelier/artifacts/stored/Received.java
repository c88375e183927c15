package io.atelier.artifacts.stored;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/**
 * A received stream in a staged file; gone when closed unless it was placed.
 *
 * <p>Received on the caller's thread: a slow sender must not hold one of the store's.
 */
public record Received(Path file, Digest digest, long size) implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    public static Received receive(InputStream bytes, Path staging, long maxBytes) {
        Path file = staging.resolve(UUID.randomUUID() + ".upload");
        try (OutputStream out = create(file)) {
            MessageDigest sha = Digest.sha256();
            byte[] chunk = new byte[CHUNK];
            long size = 0;
            for (int n = next(bytes, chunk); n >= 0; n = next(bytes, chunk)) {
                size += n;
                if (size > maxBytes) {
                    throw Problem.field(
                                    ErrorCode.TOO_LARGE,
                                    "data",
                                    maxBytes + " bytes",
                                    "An artifact may have " + maxBytes + " bytes at most.")
                            .exception();
                }
                sha.update(chunk, 0, n);
                out.write(chunk, 0, n);
            }
            return new Received(file, Digest.of(sha), size);
        } catch (IOException e) {
            delete(file);
            throw Refusals.unavailable(e);
        } catch (RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    private static OutputStream create(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** The sender's failure is not the store's. */
    private static int next(InputStream bytes, byte[] chunk) {
        try {
            return bytes.read(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException("the sender broke off", e);
        }
    }

    /** Refuses other bytes than were announced. */
    public void require(Optional<Digest> expected) {
        if (expected.isPresent() && !expected.get().equals(digest)) {
            throw Problem.field(
                            ErrorCode.DIGEST_MISMATCH,
                            "sha256",
                            expected.get().hex(),
                            "The bytes' SHA-256 is " + digest + ".")
                    .exception();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the sweep finds it
        }
    }

    @Override
    public void close() {
        delete(file);
    }
}
