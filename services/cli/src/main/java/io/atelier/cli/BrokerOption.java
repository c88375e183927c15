package io.atelier.cli;

import io.atelier.local.RunningSuite;
import io.atelier.local.StateFolder;
import java.nio.file.Path;
import java.util.Map;
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

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:ATELIER_KAFKA_CONFIG}",
            description = "A properties file with the Kafka client's settings, such as security.protocol and"
                    + " sasl.jaas.config (default: ATELIER_KAFKA_CONFIG).")
    private @Nullable Path settings;

    /** The broker, if there is one to be told. */
    public Optional<Broker> broker(StateFolder state) {
        if (address != null) {
            return Optional.of(new Broker(address, settings == null ? Map.of() : Broker.settings(settings)));
        }
        return RunningSuite.find(state).map(suite -> new Broker(suite.kafka(), Map.of()));
    }
}
