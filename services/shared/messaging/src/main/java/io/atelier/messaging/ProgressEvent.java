package io.atelier.messaging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kernel.RequestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event that tells a requester how far the work is.
 *
 * @param attributes CloudEvents attributes by name
 * @param data JSON
 */
public record ProgressEvent(Map<String, String> attributes, byte[] data) {

    /**
     * Makes one.
     *
     * @param kind the service's kind, such as image
     * @param source who speaks
     * @param key the request's key
     * @param requestId the id the requester gave
     * @param requestSource the source the requester gave
     */
    public static ProgressEvent of(
            String kind,
            String source,
            RequestKey key,
            String requestId,
            String requestSource,
            Instant now,
            long done,
            long total) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", key.hex() + "-" + now.toEpochMilli());
        attributes.put("source", source);
        attributes.put("type", EventTypes.progress(kind));
        attributes.put("time", now.toString());
        attributes.put("datacontenttype", CloudEvent.JSON);
        attributes.put("requestid", requestId);
        attributes.put("requestsource", requestSource);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("request_id", requestId);
        data.putObject("progress").put("done", done).put("total", total);
        return new ProgressEvent(attributes, data.toString().getBytes(StandardCharsets.UTF_8));
    }
}
