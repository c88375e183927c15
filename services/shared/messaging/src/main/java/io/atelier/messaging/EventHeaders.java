package io.atelier.messaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Writes an event's attributes as headers, in binary mode, in the order of their names. */
final class EventHeaders {
    private EventHeaders() {}

    /**
     * The headers of an event.
     *
     * @param attributes CloudEvents attributes by name, with specversion
     * @param trace traceparent and tracestate; also sent under their own names, where tracing tools look for them
     */
    static List<Header> of(Map<String, String> attributes, Map<String, String> trace) {
        List<Header> headers = new ArrayList<>();
        Map<String, String> all = new TreeMap<>(attributes);
        all.putAll(trace);
        all.forEach((name, value) ->
                headers.add(header(name.equals("datacontenttype") ? "content-type" : "ce_" + name, value)));
        trace.forEach((name, value) -> headers.add(header(name, value)));
        return headers;
    }

    static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
