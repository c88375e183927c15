package io.atelier.messaging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kernel.RequestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The events of a kind of request that tell how far one has come, after {@code ProgressEvent} of the contracts. */
public final class ProgressEvents {
    private final String kind;
    private final String source;

    /**
     * The events of one service.
     *
     * @param source the source of its events
     */
    public ProgressEvents(String kind, String source) {
        this.kind = kind;
        this.source = source;
    }

    /** The topic they go to. */
    public String topic() {
        return "atelier." + kind + ".progress";
    }

    /**
     * The CloudEvents attributes of an event by name; its id is the request's key with the time.
     *
     * @param requestId the id of the request, which its source gave it
     */
    public Map<String, String> attributes(RequestKey key, String requestId, String requestSource, Instant now) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", key.hex() + "-" + now.toEpochMilli());
        attributes.put("source", source);
        attributes.put("type", EventTypes.progress(kind));
        attributes.put("time", now.toString());
        attributes.put("datacontenttype", CloudEvent.JSON);
        attributes.put("requestid", requestId);
        attributes.put("requestsource", requestSource);
        return attributes;
    }

    /** Its data: so many steps done of so many. */
    public static byte[] data(String requestId, long done, long total) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("request_id", requestId);
        data.putObject("progress").put("done", done).put("total", total);
        return data.toString().getBytes(StandardCharsets.UTF_8);
    }
}
