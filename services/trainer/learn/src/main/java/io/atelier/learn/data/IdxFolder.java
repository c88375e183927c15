package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** IDX files in a folder. */
record IdxFolder(Path folder) implements IdxFiles {

    private Optional<Path> file(String name) {
        return Stream.of(folder.resolve(name + ".gz"), folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    boolean has(String name) {
        return file(name).isPresent();
    }

    @Override
    public Optional<Opened> open(String name) throws IOException {
        Optional<Path> file = file(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path path = file.get();
        return Optional.of(new Opened(
                path.toString(), Files.newInputStream(path), path.toString().endsWith(".gz"), Optional.empty()));
    }

    @Override
    public String shown(String name) {
        return file(name).orElse(folder.resolve(name)).toString();
    }

    @Override
    public SortedMap<String, Digest> digests(Iterable<String> names) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        for (String name : names) {
            file(name).ifPresent(path -> digests.put(String.valueOf(path.getFileName()), Digest.ofFile(path)));
        }
        return digests;
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() {}
}
