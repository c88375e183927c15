package io.atelier.messaging;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record as an event, in binary or structured mode. Header names are taken without regard to case, of equal
 * names the last counts. A missing id and source derive from the record's place, so that a producer needs only a type.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
final class CloudEventReader {
    private static final String PREFIX = "ce_";
    private static final String STRUCTURED = "application/cloudevents+json";

    private CloudEventReader() {}

    /**
     * Reads an event.
     *
     * @throws io.atelier.kernel.ProblemException with {@code NO_ENVELOPE} when the record is none
     */
    static CloudEvent read(ConsumerRecord<byte[], byte[]> message) {
        EnvelopeLimits.check(message.headers());
        Map<String, String> headers = new TreeMap<>();
        for (Header header : message.headers()) {
            if (header.value() != null) {
                headers.put(header.key().toLowerCase(Locale.ROOT), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        String contentType = headers.get("content-type");
        byte[] value = message.value() == null ? new byte[0] : message.value();
        Map<String, String> attributes = new TreeMap<>();
        if (headers.containsKey("traceparent")) {
            attributes.put(CloudEvent.TRACE_PARENT, headers.get("traceparent"));
        }
        byte[] data;
        if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/cloudevents")) {
            if (!mediaType(contentType).equals(STRUCTURED)) {
                throw EnvelopeLimits.refused(
                        "content-type", STRUCTURED, "Events come one by one, in binary mode or as JSON.");
            }
            data = StructuredMode.read(value, attributes);
            EnvelopeLimits.check(attributes);
        } else {
            headers.forEach((name, text) -> {
                if (name.startsWith(PREFIX)) {
                    attributes.put(name.substring(PREFIX.length()), text);
                }
            });
            if (contentType != null) {
                attributes.put("datacontenttype", contentType);
            }
            data = value;
        }
        return event(message, attributes, data);
    }

    /** A media type without its parameters, in lower case. */
    static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static CloudEvent event(
            ConsumerRecord<byte[], byte[]> message, Map<String, String> attributes, byte[] data) {
        String version = attributes.remove("specversion");
        if (version != null && !version.equals("1.0")) {
            throw EnvelopeLimits.refused("specversion", "1.0", "Only CloudEvents 1.0 is read here.");
        }
        String type = attributes.remove("type");
        if (type == null) {
            throw Problem.field(
                            ErrorCode.NO_ENVELOPE,
                            "type",
                            "required",
                            "The record is no CloudEvents event: it has neither a ce_type header nor the content type "
                                    + STRUCTURED + ".")
                    .exception();
        }
        String id = orElse(attributes.remove("id"), message.partition() + "-" + message.offset());
        String source = orElse(attributes.remove("source"), "kafka:" + message.topic());
        String contentType = orElse(attributes.remove("datacontenttype"), CloudEvent.JSON);
        return new CloudEvent(
                EnvelopeLimits.checked("id", id, EnvelopeLimits.MAX_ID),
                EnvelopeLimits.checked("source", source, EnvelopeLimits.MAX_SOURCE),
                EnvelopeLimits.checked("type", type, EnvelopeLimits.MAX_TYPE),
                contentType,
                Map.copyOf(attributes),
                data);
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
