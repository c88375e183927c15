package io.atelier.trainer.runtime.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Maps as jsonb. */
final class JsonColumns {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonColumns() {}

    static String write(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + values, e);
        }
    }

    static Map<String, String> texts(String json) {
        return read(json, new TypeReference<>() {});
    }

    static Map<String, Double> numbers(String json) {
        return read(json, new TypeReference<>() {});
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds no JSON of this form: " + json, e);
        }
    }
}
