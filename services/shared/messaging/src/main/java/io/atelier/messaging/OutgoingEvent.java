package io.atelier.messaging;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record to be sent.
 *
 * @param channel the outgoing channel
 * @param key the record's key
 * @param value the record's value
 * @param headers the record's headers
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record OutgoingEvent(
        OutgoingEvent.Channel channel, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

    /** The outgoing channels. */
    enum Channel {
        RESULTS,
        DEAD_LETTER,
        PROGRESS
    }
}
