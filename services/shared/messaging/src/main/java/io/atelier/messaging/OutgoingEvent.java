package io.atelier.messaging;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record to be sent.
 *
 * @param channel the outgoing channel
 * @param topic a topic other than the channel's own
 * @param key the record's key
 * @param value the record's value
 * @param headers the record's headers
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record OutgoingEvent(
        OutgoingEvent.Channel channel,
        Optional<String> topic,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    OutgoingEvent(OutgoingEvent.Channel channel, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        this(channel, Optional.empty(), key, value, headers);
    }

    /** The outgoing channels. */
    enum Channel {
        RESULTS,
        DEAD_LETTER,
        PROGRESS
    }
}
