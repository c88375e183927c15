package io.atelier.imports;

import io.atelier.kernel.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary folder that is gone when it is closed, and also when the process ends in order before that. */
final class Scratch implements AutoCloseable {
    private final TemporaryFolder folder;
    private final Thread hook = new Thread(this::delete, "scratch");

    private Scratch(TemporaryFolder folder) {
        this.folder = folder;
    }

    static Scratch open() throws IOException {
        Scratch scratch = new Scratch(TemporaryFolder.create("atelier-import-"));
        Runtime.getRuntime().addShutdownHook(scratch.hook);
        return scratch;
    }

    Path folder(String name) throws IOException {
        return Files.createDirectory(folder.path().resolve(name));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it is under way
        }
        delete();
    }

    private void delete() {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
