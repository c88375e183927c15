package io.atelier.cli;

import io.atelier.local.StateFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names the state folder. */
public final class StateOption {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where models, artifacts, the broker's log and logs lie (default: .atelier in the checkout).")
    private @Nullable Path path;

    public StateFolder folder() {
        return new StateFolder(path == null ? Installation.home().resolve(".atelier") : path);
    }
}
