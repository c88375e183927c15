package io.atelier.local;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps an embedded broker and its clients from telling their whole life on the console; warnings stay. */
public final class QuietLogs {
    // java.util.logging forgets the level of a logger nobody holds.
    private static final List<Logger> HELD = List.of(
            level("org.apache.kafka", Level.WARNING),
            level("kafka", Level.WARNING),
            level("state.change.logger", Level.WARNING),
            level("org.apache.kafka.clients", Level.SEVERE),
            level("org.apache.kafka.controller.QuorumController", Level.SEVERE),
            level("org.apache.kafka.common.config.AbstractConfig", Level.SEVERE),
            level("io.grpc", Level.WARNING),
            level("io.netty", Level.WARNING));

    private QuietLogs() {}

    /** Sets the levels, once for this JVM; answers how many loggers are held. */
    public static int apply() {
        return HELD.size();
    }

    private static Logger level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        return logger;
    }
}
