package io.atelier.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A state folder for one run.
 *
 * @param path the folder
 */
record TemporaryState(Path path) implements AutoCloseable {

    static TemporaryState create() throws IOException {
        return new TemporaryState(Files.createTempDirectory("atelier-demo-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : deepestFirst) {
            Files.deleteIfExists(one);
        }
    }
}
