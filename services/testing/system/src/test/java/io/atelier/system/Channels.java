package io.atelier.system;

import io.atelier.local.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The channels as the services' configuration connects them. */
final class Channels {
    private static final String FILE = "META-INF/microprofile-config.properties";
    private static final Pattern TOPIC = Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.[^.]+\\.topic");

    private Channels() {}

    /** {@code "send TOPIC"} and {@code "receive TOPIC"} for every kind that has a service. */
    static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        Properties configured = configured();
        for (String key : configured.stringPropertyNames()) {
            Matcher topic = TOPIC.matcher(key);
            if (topic.matches()) {
                String action = topic.group(1).equals("incoming") ? "receive" : "send";
                Topics.KINDS.forEach(kind -> operations.add(
                        action + " " + configured.getProperty(key).replace("${atelier.messaging.kind}", kind)));
            }
        }
        return operations;
    }

    private static Properties configured() {
        Properties all = new Properties();
        try {
            for (URL file : Collections.list(Channels.class.getClassLoader().getResources(FILE))) {
                try (InputStream content = file.openStream()) {
                    all.load(content);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
