package io.atelier.image.runtime;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Says whether requests from Kafka are taken. Never a reason to be unready: gRPC serves without a broker, and a service that
 * were unready for its absence would take the other entrance away too.
 */
@Readiness
@Singleton
final class BrokerReached implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final KafkaClientService clients;

    BrokerReached(KafkaClientService clients) {
        this.clients = clients;
    }

    @Override
    public HealthCheckResponse call() {
        int partitions = partitions(clients.getConsumer("requests"));
        return HealthCheckResponse.named("kafka")
                .up()
                .withData("partitions", partitions)
                .withData("requests", partitions > 0 ? "taken" : "not taken: no broker, or others take them")
                .build();
    }

    private static int partitions(@Nullable KafkaConsumer<?, ?> consumer) {
        if (consumer == null) {
            return 0;
        }
        try {
            return consumer.getAssignments().await().atMost(PATIENCE).size();
        } catch (RuntimeException e) {
            return 0; // its thread is busy looking for a broker
        }
    }
}
