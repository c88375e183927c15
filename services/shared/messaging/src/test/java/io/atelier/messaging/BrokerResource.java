package io.atelier.messaging;

import io.atelier.kit.TempFolder;
import io.atelier.local.EmbeddedBroker;
import io.atelier.local.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A real broker that a test can stop and start again. */
@SuppressWarnings("NullAway.Init") // started before it is used
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {
    private TempFolder folder;
    private EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        folder = TempFolder.create("atelier-messaging");
        broker = EmbeddedBroker.start(folder.path());
        Topics.create(broker.bootstrapServers(), Topics.of(Topics.KINDS));
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    void restart() {
        int port = broker.port();
        int controllerPort = broker.controllerPort();
        broker.close();
        broker = EmbeddedBroker.start(folder.path(), port, controllerPort);
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(BrokerResource.class));
    }

    @Override
    public void stop() {
        broker.close();
        folder.close();
    }
}
