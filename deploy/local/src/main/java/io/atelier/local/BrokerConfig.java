package io.atelier.local;

import java.nio.file.Path;
import java.util.Properties;

/** What a broker on a laptop needs to differ in from one in a cluster. */
final class BrokerConfig {
    static final String HOST = "127.0.0.1";

    private BrokerConfig() {}

    static Path log(Path folder) {
        return folder.toAbsolutePath().resolve("log");
    }

    static Properties of(Path folder, int port, int controllerPort) {
        Properties config = new Properties();
        addresses(config, port, controllerPort);
        alone(config);
        restart(config);
        small(config);
        config.setProperty("log.dirs", log(folder).toString());
        return config;
    }

    private static void addresses(Properties config, int port, int controllerPort) {
        config.setProperty("process.roles", "broker,controller");
        config.setProperty("node.id", "1");
        config.setProperty("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        config.setProperty("controller.listener.names", "CONTROLLER");
        config.setProperty(
                "listeners", "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d".formatted(HOST, port, controllerPort));
        config.setProperty("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
        config.setProperty("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        config.setProperty("inter.broker.listener.name", "PLAINTEXT");
    }

    /** One node keeps the only copy of everything. */
    private static void alone(Properties config) {
        config.setProperty("offsets.topic.replication.factor", "1");
        config.setProperty("offsets.topic.num.partitions", "1");
        config.setProperty("transaction.state.log.replication.factor", "1");
        config.setProperty("transaction.state.log.min.isr", "1");
        config.setProperty("transaction.state.log.num.partitions", "1");
        config.setProperty("share.coordinator.state.topic.replication.factor", "1");
        config.setProperty("share.coordinator.state.topic.min.isr", "1");
        config.setProperty("share.coordinator.state.topic.num.partitions", "1");
        config.setProperty("auto.create.topics.enable", "false");
    }

    /**
     * A killed broker's registration must lapse before it may come back: with the defaults that takes 9 s. Much less than
     * this, and a machine whose cores are all busy training fences a broker that lives.
     */
    private static void restart(Properties config) {
        config.setProperty("broker.session.timeout.ms", "3000");
        config.setProperty("broker.heartbeat.interval.ms", "500");
        config.setProperty("group.initial.rebalance.delay.ms", "0");
        config.setProperty("controlled.shutdown.enable", "false");
    }

    private static void small(Properties config) {
        config.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        config.setProperty("log.index.size.max.bytes", "1048576");
        config.setProperty("log.segment.bytes", "67108864");
        config.setProperty("num.network.threads", "2");
        config.setProperty("num.io.threads", "2");
        config.setProperty("background.threads", "2");
    }
}
