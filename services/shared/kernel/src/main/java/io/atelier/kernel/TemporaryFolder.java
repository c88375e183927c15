package io.atelier.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new folder among the system's temporary ones, gone with all that is in it when closed.
 *
 * @param path the folder, without links
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

    /** @param prefix how its name begins */
    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix).toRealPath());
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return; // closed before
        }
        for (Path one : deepestFirst) {
            Files.deleteIfExists(one);
        }
    }
}
