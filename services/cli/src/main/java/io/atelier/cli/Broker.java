package io.atelier.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A Kafka broker and how to reach it.
 *
 * @param address its bootstrap address
 * @param settings the client settings it asks for: SASL, TLS
 */
public record Broker(String address, Map<String, String> settings) {
    public Broker {
        settings = Map.copyOf(settings);
    }

    /** Reads client settings from a properties file, as Kafka's own tools take them. */
    static Map<String, String> settings(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.failed("--kafka-config names " + file + ", which cannot be read as properties ("
                    + e.getClass().getSimpleName() + ").");
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /** A client's configuration: the broker's settings, and on top of them the client's own. */
    public Map<String, Object> client(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        all.put("bootstrap.servers", address);
        return all;
    }

    /** Without the settings: there is a password among them. */
    @Override
    public String toString() {
        return address;
    }
}
