package io.atelier.messaging;

import java.util.Map;
import java.util.Optional;

/**
 * A CloudEvents 1.0 event.
 *
 * @param id its id
 * @param source its source
 * @param type its type
 * @param contentType the data's media type; {@code application/json} when the event names none
 * @param extensions every other attribute, by lower-case name
 * @param data the data; empty when there is none
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0.2</a>
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record CloudEvent(
        String id, String source, String type, String contentType, Map<String, String> extensions, byte[] data) {
    static final String EXPIRY_TIME = "expirytime";
    static final String DATA_REF = "dataref";
    static final String TRACE_PARENT = "traceparent";
    static final String TRACE_STATE = "tracestate";
    static final String JSON = "application/json";

    Optional<String> extension(String name) {
        return Optional.ofNullable(extensions.get(name));
    }
}
