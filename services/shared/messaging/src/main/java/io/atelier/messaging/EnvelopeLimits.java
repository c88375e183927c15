package io.atelier.messaging;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The bounds of an event's envelope. Beyond them a record is no event. */
public final class EnvelopeLimits {
    /** A header that SmallRye adds on arrival; the producer never sent it. */
    static final String GENERATION = "__smallrye_generationId";

    static final int MAX_HEADERS = 64;
    static final int MAX_HEADER_BYTES = 32 * 1024;
    /** Longest id in characters. */
    public static final int MAX_ID = 256;

    /** Longest source in characters. */
    public static final int MAX_SOURCE = 1024;

    /** Longest type in characters. */
    public static final int MAX_TYPE = 256;

    private EnvelopeLimits() {}

    static void check(Headers headers) {
        int count = 0;
        int bytes = 0;
        for (Header header : headers) {
            if (header.key().equals(GENERATION)) {
                continue;
            }
            count++;
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        if (count > MAX_HEADERS) {
            throw refused("headers", "at most " + MAX_HEADERS, "The record has " + count + " headers.");
        }
        if (bytes > MAX_HEADER_BYTES) {
            throw refused("headers", "at most " + MAX_HEADER_BYTES + " bytes", "The record's headers are too large.");
        }
    }

    /** Attributes of a structured event count like headers. */
    static void check(Map<String, String> attributes) {
        if (attributes.size() > MAX_HEADERS) {
            throw refused("attributes", "at most " + MAX_HEADERS, "The event has too many attributes.");
        }
        int chars = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            chars += attribute.getKey().length() + attribute.getValue().length();
        }
        if (chars > MAX_HEADER_BYTES) {
            throw refused("attributes", "at most " + MAX_HEADER_BYTES + " characters", "The attributes are too large.");
        }
    }

    static String checked(String name, String value, int max) {
        if (value.isEmpty() || value.length() > max) {
            throw refused(name, "1.." + max + " characters", "The event's " + name + " is empty or too long.");
        }
        return value;
    }

    static ProblemException refused(String field, String limit, String message) {
        return Problem.field(ErrorCode.NO_ENVELOPE, field, limit, message).exception();
    }
}
