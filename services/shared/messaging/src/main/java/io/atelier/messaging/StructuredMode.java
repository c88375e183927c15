package io.atelier.messaging;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Reads an event whose envelope is JSON.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON event format</a>
 */
final class StructuredMode {
    // Numbers must come out as they went in: the data is handed on as text.
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private StructuredMode() {}

    /** Reads the envelope into attributes and answers the data. */
    static byte[] read(byte[] value, Map<String, String> attributes) {
        ObjectNode envelope = parse(value);
        JsonNode data = envelope.remove("data");
        JsonNode base64 = envelope.remove("data_base64");
        for (Map.Entry<String, JsonNode> member : envelope.properties()) {
            if (member.getValue().isContainerNode()) {
                throw EnvelopeLimits.refused(member.getKey(), "a string", "An event's attribute is no JSON scalar.");
            }
            if (!member.getValue().isNull()) {
                attributes.put(member.getKey(), member.getValue().asText());
            }
        }
        if (data != null && base64 != null) {
            throw EnvelopeLimits.refused("data", "data or data_base64", "An event has both data and data_base64.");
        }
        if (base64 != null) {
            return decode(base64.asText());
        }
        if (data == null || data.isNull()) {
            return new byte[0];
        }
        boolean json = isJson(attributes.getOrDefault("datacontenttype", CloudEvent.JSON));
        return (json || !data.isTextual() ? data.toString() : data.asText()).getBytes(StandardCharsets.UTF_8);
    }

    static boolean isJson(String contentType) {
        String type = CloudEventReader.mediaType(contentType);
        return type.endsWith("/json") || type.endsWith("+json");
    }

    private static ObjectNode parse(byte[] value) {
        try {
            if (READER.readTree(value) instanceof ObjectNode envelope) {
                return envelope;
            }
        } catch (IOException e) {
            throw EnvelopeLimits.refused("value", "a JSON object", "The record's value is no JSON event.");
        }
        throw EnvelopeLimits.refused("value", "a JSON object", "The record's value is no JSON event.");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw EnvelopeLimits.refused("data_base64", "RFC 4648", "The event's data_base64 is no base64.");
        }
    }
}
