package io.atelier.messaging;

import io.atelier.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;

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

    /** SmallRye adds it on arrival; the producer never sent it. */
    private static final String GENERATION = "__smallrye_generationId";

    private final Delivery delivery;
    private final MessagingMeters meters;

    DeadLetters(Delivery delivery, MessagingMeters meters) {
        this.delivery = delivery;
        this.meters = meters;
    }

    /** Blocks until the broker has the dead letter. */
    void setAside(ConsumerRecord<byte[], byte[]> message, Problem problem) {
        List<Header> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            if (!header.key().equals(GENERATION)) {
                headers.add(header);
            }
        }
        headers.add(EventHeaders.header(TOPIC, message.topic()));
        headers.add(EventHeaders.header(PARTITION, Integer.toString(message.partition())));
        headers.add(EventHeaders.header(OFFSET, Long.toString(message.offset())));
        headers.add(EventHeaders.header(CODE, problem.code().id()));
        headers.add(EventHeaders.header(REASON, problem.message()));
        problem.field().ifPresent(field -> headers.add(EventHeaders.header(FIELD, field)));
        try {
            delivery.deliver(
                    new OutgoingEvent(OutgoingEvent.Channel.DEAD_LETTER, message.key(), message.value(), headers));
        } catch (RecordTooLargeException e) {
            List<Header> reason = new ArrayList<>(
                    headers.subList(headers.size() - (problem.field().isPresent() ? 6 : 5), headers.size()));
            reason.add(EventHeaders.header(VALUE_OMITTED, "true"));
            delivery.deliver(new OutgoingEvent(OutgoingEvent.Channel.DEAD_LETTER, null, null, reason));
        }
        meters.deadLetter(problem.code());
    }
}
