package io.atelier.artifacts.directory;

import io.atelier.artifacts.ArtifactInfo;
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
import java.util.UUID;

/**
 * A received stream in a staged file; gone when closed unless it was placed.
 *
 * <p>Received on the caller's thread: a slow sender must not hold one of the store's.
 */
record Upload(Path file, Digest digest, long size) implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    static Upload receive(InputStream bytes, Path staging, long maxBytes) {
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
            return new Upload(file, Digest.of(sha), size);
        } catch (IOException e) {
            delete(file);
            throw Disk.unavailable(e);
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

    Incoming incoming(ArtifactInfo info) {
        return new Incoming(info, staged -> Files.move(file, staged));
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
