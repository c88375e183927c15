package io.atelier.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What a running suite tells the commands that look for it, in {@code suite.json} of its state folder.
 *
 * @param pid its process
 * @param ports where it listens
 * @param kafka the address of the broker its services use
 */
public record RunningSuite(long pid, SuitePorts ports, String kafka) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The suite that runs on a state folder; a file left behind by a killed one does not count. */
    public static Optional<RunningSuite> find(StateFolder state) {
        if (!Files.exists(state.suiteFile())) {
            return Optional.empty();
        }
        try {
            RunningSuite suite = JSON.readValue(state.suiteFile().toFile(), RunningSuite.class);
            return Optional.of(suite)
                    .filter(found -> ProcessHandle.of(found.pid()).isPresent());
        } catch (IOException e) {
            return Optional.empty(); // half a file tells nothing
        }
    }

    void write(StateFolder state) {
        try {
            Path staged = state.path().resolve("suite.json.new");
            JSON.writeValue(staged.toFile(), this);
            Files.move(staged, state.suiteFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(StateFolder state) {
        try {
            Files.deleteIfExists(state.suiteFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
