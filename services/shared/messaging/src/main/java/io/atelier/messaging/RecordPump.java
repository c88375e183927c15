package io.atelier.messaging;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Takes records from a channel, so many at once and in no order, each on a virtual thread of its own, and acknowledges
 * those that are done. Asks for no more than it has slots for, by which SmallRye pauses the partitions in time.
 */
final class RecordPump {
    private static final System.Logger LOG = System.getLogger(RecordPump.class.getName());

    private final String channel;
    private final Multi<Message<byte[]>> records;
    private final int slots;
    private final Predicate<ConsumerRecord<byte[], byte[]>> process;
    private final Semaphore free;
    private final ExecutorService threads;
    private volatile boolean draining;

    /**
     * A pump that has not started.
     *
     * @param process handles a record, blocking; answers whether it may be acknowledged
     */
    RecordPump(
            String channel,
            Multi<Message<byte[]>> records,
            int slots,
            Predicate<ConsumerRecord<byte[], byte[]>> process) {
        this.channel = channel;
        this.records = records;
        this.slots = slots;
        this.process = process;
        this.free = new Semaphore(slots);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("atelier-" + channel + "-", 0).factory());
    }

    void start() {
        records.onItem()
                .transformToUni(message -> Uni.createFrom()
                        .item(() -> handle(message))
                        .runSubscriptionOn(threads)
                        .chain(done -> done
                                ? Uni.createFrom().completionStage(message.ack())
                                : Uni.createFrom().voidItem())
                        .onFailure()
                        .recoverWithUni(failure -> {
                            LOG.log(System.Logger.Level.ERROR, "a record of " + channel + " stays open", failure);
                            return Uni.createFrom().voidItem();
                        }))
                .merge(slots)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.log(System.Logger.Level.ERROR, "channel " + channel + " has ended", failure));
    }

    int inFlight() {
        return slots - free.availablePermits();
    }

    /** From here on records are left unacknowledged. */
    void refuseMore() {
        draining = true;
    }

    /** Waits for the records in flight; false when the bound came first. */
    boolean awaitIdle(Duration bound) throws InterruptedException {
        boolean idle = free.tryAcquire(slots, bound.toNanos(), TimeUnit.NANOSECONDS);
        if (idle) {
            free.release(slots);
        }
        return idle;
    }

    private boolean handle(Message<byte[]> message) {
        if (draining || !free.tryAcquire()) {
            return false;
        }
        try {
            return process.test(record(message));
        } finally {
            free.release();
        }
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<byte[], byte[]> record(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("no record of Kafka"))
                .getRecord();
    }
}
