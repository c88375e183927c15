package io.atelier.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A single-node Kafka broker (KRaft: broker and controller in one) in this JVM. What its folder holds survives {@link
 * #close} and a kill; a later start on the same folder and ports goes on from there.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;
    private final int controllerPort;

    private EmbeddedBroker(KafkaRaftServer server, int port, int controllerPort) {
        this.server = server;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** Starts on free ports. */
    public static EmbeddedBroker start(Path folder) {
        List<Integer> ports = Ports.free(2);
        return start(folder, ports.get(0), ports.get(1));
    }

    /** Starts on the ports given and returns when the broker takes requests. */
    public static EmbeddedBroker start(Path folder, int port, int controllerPort) {
        return start(folder, port, controllerPort, Map.of());
    }

    /**
     * Starts with more listeners or other settings than a laptop needs.
     *
     * @param settings the broker's settings that replace or join its own
     */
    public static EmbeddedBroker start(Path folder, int port, int controllerPort, Map<String, String> settings) {
        QuietLogs.apply();
        Properties config = BrokerConfig.of(folder, port, controllerPort);
        config.putAll(settings);
        format(folder, config);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
        boolean started = false;
        try {
            server.startup();
            started = true;
        } finally { // not a catch: Kafka's Scala throws checked exceptions it does not declare
            if (!started) {
                server.shutdown();
            }
        }
        return new EmbeddedBroker(server, port, controllerPort);
    }

    public String bootstrapServers() {
        return BrokerConfig.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public int controllerPort() {
        return controllerPort;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Formats a new folder. Formatting one that holds a log would be refused, or give it another cluster's id. */
    private static void format(Path folder, Properties config) {
        if (Files.exists(BrokerConfig.log(folder).resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("server.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                config.store(writer, null);
            }
            PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
            String[] command = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
            if (StorageTool.execute(command, out) != 0) {
                throw new LocalException(
                        "The Kafka broker could not format " + folder + ": " + said.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
