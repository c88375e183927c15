package io.atelier.messaging;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.kit.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** A directory store that a test can make unwritable, as a lost mount does, and writable again. */
class Store implements AutoCloseable {
    private final TempFolder folder = TempFolder.create("atelier-outcomes");
    private final DirectoryStore store = DirectoryStore.open(StoreSettings.of(folder.path()), InstantSource.system());

    OutcomeStore outcomes() {
        return store.outcomes();
    }

    void takeAway() {
        move("staging", "staging.away");
    }

    void giveBack() {
        move("staging.away", "staging");
    }

    private void move(String from, String to) {
        Path source = folder.path().resolve(from);
        if (Files.exists(source)) {
            try {
                Files.move(source, folder.path().resolve(to));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        store.close();
        folder.close();
    }
}
