package io.atelier.kit;

import io.atelier.kit.tls.Authority;
import io.atelier.local.EmbeddedBroker;
import io.atelier.local.Ports;
import io.atelier.local.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker that asks its clients for a password, over TLS. A second listener, without either, serves the test itself. */
public final class SecuredBroker implements AutoCloseable {
    /** The password of the user {@code atelier}. */
    public static final String PASSWORD = "a-password-of-kafka";

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    private final EmbeddedBroker broker;
    private final int securedPort;
    private final Path ca;

    private SecuredBroker(EmbeddedBroker broker, int securedPort, Path ca) {
        this.broker = broker;
        this.securedPort = securedPort;
        this.ca = ca;
    }

    /** Starts in a folder, with every topic. */
    public static SecuredBroker start(Path folder) {
        List<Integer> ports = Ports.free(3);
        Authority authority = new Authority("Kafka authority");
        EmbeddedBroker broker = EmbeddedBroker.start(
                folder.resolve("kafka"), ports.get(0), ports.get(1), settings(folder, authority, ports));
        Topics.create(broker.bootstrapServers(), Topics.of(Topics.KINDS));
        return new SecuredBroker(broker, ports.get(2), authority.write(folder.resolve("kafka-ca.pem")));
    }

    private static Map<String, String> settings(Path folder, Authority authority, List<Integer> ports) {
        Path certificate = folder.resolve("kafka.pem");
        Path key = folder.resolve("kafka.key");
        authority.certify("kafka", certificate, key);
        String plain = "PLAINTEXT://127.0.0.1:" + ports.get(0);
        String secured = "SASL_SSL://127.0.0.1:" + ports.get(2);
        return Map.of(
                "listeners",
                plain + ",CONTROLLER://127.0.0.1:" + ports.get(1) + "," + secured,
                "advertised.listeners",
                plain + "," + secured,
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                LOGIN + "user_atelier=\"" + PASSWORD + "\";",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.key",
                read(key),
                "ssl.keystore.certificate.chain",
                read(certificate));
    }

    /** Where clients log in. */
    public String bootstrapServers() {
        return "127.0.0.1:" + securedPort;
    }

    /** Where the test looks on. */
    public String openBootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What a client must set to be served. */
    public Map<String, String> clientSettings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", LOGIN + "username=\"atelier\" password=\"" + PASSWORD + "\";");
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", ca.toString());
        return settings;
    }

    @Override
    public void close() {
        broker.close();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
