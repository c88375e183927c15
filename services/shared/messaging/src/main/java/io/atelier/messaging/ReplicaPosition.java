package io.atelier.messaging;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where this replica stands in the cancellations. Its group commits nothing, so a reassignment (after the broker was
 * away for longer than the session) would jump to the end: it goes on after the last handled record instead.
 */
@ApplicationScoped
@Identifier(ReplicaPosition.NAME)
public class ReplicaPosition implements KafkaConsumerRebalanceListener {
    static final String NAME = "atelier-replica-cancellations";

    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> positioned = new CompletableFuture<>();

    /** Completes once every partition has a position; from then on no cancellation is missed. */
    CompletionStage<Void> positioned() {
        return positioned;
    }

    void handled(ConsumerRecord<?, ?> cancellation) {
        next.put(new TopicPartition(cancellation.topic(), cancellation.partition()), cancellation.offset() + 1);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Long known = next.get(partition);
            if (known == null) {
                // Asking fixes the position now; left alone it would be fixed by some later poll.
                next.put(partition, consumer.position(partition));
            } else {
                consumer.seek(partition, known);
            }
        }
        if (!partitions.isEmpty()) {
            positioned.complete(null);
        }
    }
}
