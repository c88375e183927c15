package io.atelier.messaging;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Passes on what is told about models. A service that serves none excludes this type and its channel. */
@ApplicationScoped
class ModelHints {
    private final RecordPump pump;

    ModelHints(@Any Instance<ModelHintListener> listeners, @Channel("models") Multi<Message<byte[]>> records) {
        this.pump = new RecordPump("models", records, 1, hint -> {
            listeners.forEach(ModelHintListener::modelsMayHaveChanged);
            return true;
        });
    }

    void start(@Observes StartupEvent event) {
        pump.start();
    }
}
