package io.atelier.kit;

import io.atelier.local.EmbeddedBroker;
import io.atelier.local.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a Quarkus test a real broker with every topic, under {@code kafka.bootstrap.servers}. */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable TempFolder folder;
    private @Nullable EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        TempFolder created = TempFolder.create("atelier-kafka");
        folder = created;
        EmbeddedBroker started = EmbeddedBroker.start(created.path());
        broker = started;
        Topics.create(started.bootstrapServers(), Topics.of(Topics.KINDS));
        return Map.of("kafka.bootstrap.servers", started.bootstrapServers());
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
