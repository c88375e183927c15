package io.atelier.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock under which a model's versions are promoted: who publishes waits behind it with the version in place. */
record ModelLock(FileChannel file, FileLock lock) implements AutoCloseable {

    /** @param model the model's folder in the repository */
    static ModelLock take(Path model) {
        try {
            Files.createDirectories(model);
            FileChannel file =
                    FileChannel.open(model.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new ModelLock(file, file.lock());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isHeld() {
        return lock.isValid();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
