package io.atelier.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/** Figures as the document scripts read. */
final class Figures {
    private Figures() {}

    static String json(List<Figure> figures) {
        try {
            return JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(Map.of("results", figures));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
