package io.atelier.kit;

import io.atelier.kernel.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A {@link TemporaryFolder} for places where JUnit's {@code @TempDir} does not reach; its failures are a test's own.
 *
 * @param folder what it is
 */
public record TempFolder(TemporaryFolder folder) implements AutoCloseable {

    public static TempFolder create(String prefix) {
        try {
            return new TempFolder(TemporaryFolder.create(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return folder.path();
    }

    @Override
    public void close() {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
