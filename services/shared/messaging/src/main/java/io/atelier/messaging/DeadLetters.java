package io.atelier.messaging;

import io.atelier.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Sets a record aside: its key, value and headers as they were, and headers that say where it stood and why. A value
 * that the broker refuses together with these is left out and said to be; it still stands where it came from.
 */
final class DeadLetters {
    static final String TOPIC = "dead-letter-topic";
    static final String PARTITION = "dead-letter-partition";
    static final String OFFSET = "dead-letter-offset";
    static final String CODE = "dead-letter-code";
    static final String REASON = "dead-letter-reason";
    static final String FIELD = "dead-letter-field";
    static final String VALUE_OMITTED = "dead-letter-value-omitted";

    private final Delivery delivery;
    private final MessagingMeters meters;

    DeadLetters(Delivery delivery, MessagingMeters meters) {
        this.delivery = delivery;
        this.meters = meters;
    }

    /** Blocks until the broker has the dead letter. */
    void setAside(ConsumerRecord<byte[], byte[]> message, Problem problem) {
        List<Header> reason = reason(message, problem);
        List<Header> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            if (!header.key().equals(EnvelopeLimits.GENERATION)) {
                headers.add(header);
            }
        }
        headers.addAll(reason);
        try {
            delivery.deliver(letter(message.key(), message.value(), headers));
        } catch (RecordTooLargeException e) {
            reason.add(EventHeaders.header(VALUE_OMITTED, "true"));
            delivery.deliver(letter(null, null, reason));
        }
        meters.deadLetter(problem.code());
    }

    private static List<Header> reason(ConsumerRecord<byte[], byte[]> message, Problem problem) {
        List<Header> reason = new ArrayList<>();
        reason.add(EventHeaders.header(TOPIC, message.topic()));
        reason.add(EventHeaders.header(PARTITION, Integer.toString(message.partition())));
        reason.add(EventHeaders.header(OFFSET, Long.toString(message.offset())));
        reason.add(EventHeaders.header(CODE, problem.code().id()));
        reason.add(EventHeaders.header(REASON, problem.message()));
        problem.field().ifPresent(field -> reason.add(EventHeaders.header(FIELD, field)));
        return reason;
    }

    private static OutgoingEvent letter(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        return new OutgoingEvent(OutgoingEvent.Channel.DEAD_LETTER, key, value, headers);
    }
}
