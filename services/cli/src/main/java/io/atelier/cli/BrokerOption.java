package io.atelier.cli;

import io.atelier.local.RunningSuite;
import io.atelier.local.StateFolder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names the broker on which running services are told of a change. */
public final class BrokerOption {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "The broker on which services are told at once (default: the suite's that runs on the state"
                    + " folder; without one they find the change themselves).")
    private @Nullable String address;

    /** The broker's address, if there is one to be told. */
    public Optional<String> address(StateFolder state) {
        return Optional.ofNullable(address).or(() -> RunningSuite.find(state).map(RunningSuite::kafka));
    }
}
