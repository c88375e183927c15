package io.atelier.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what this JVM's broker and clients say in a file of at most 4 MiB and its predecessor, away from the console. */
final class BrokerLog implements AutoCloseable {
    private static final int FILE_BYTES = 4 << 20;

    private final Logger root = Logger.getLogger("");
    private final List<Handler> console = List.of(root.getHandlers());
    private final FileHandler file;

    private BrokerLog(FileHandler file) {
        this.file = file;
        file.setFormatter(new SimpleFormatter());
        console.forEach(root::removeHandler);
        root.addHandler(file);
    }

    static BrokerLog open(Path folder) {
        try {
            return new BrokerLog(new FileHandler(folder.resolve("broker.%g.log").toString(), FILE_BYTES, 2, true));
        } catch (IOException e) {
            throw new LocalException("The folder " + folder + " takes no log: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        root.removeHandler(file);
        console.forEach(root::addHandler);
        file.close();
    }
}
