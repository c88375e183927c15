package io.atelier.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Chooses a size at which the pictures of a small model can be looked at: the largest multiple of its own up to 128. */
final class PictureSize {
    private static final int COMFORTABLE = 128;

    private PictureSize() {}

    /** Reads the model's own side from its manifest. */
    static int toLookAt(String manifestJson) {
        try {
            for (JsonNode graph : new ObjectMapper().readTree(manifestJson).path("graphs")) {
                for (JsonNode output : graph.path("outputs")) {
                    if (output.path("role").asText().equals("image")) {
                        return enlarged(side(output));
                    }
                }
            }
            throw new IllegalArgumentException("a manifest without a picture");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a manifest that is no JSON", e);
        }
    }

    /** The width: the last axis, or the one before the channels. */
    private static int side(JsonNode output) {
        JsonNode shape = output.path("shape");
        int axis = output.path("layout").asText().equals("NHWC") ? 2 : 3;
        return shape.path(axis).asInt();
    }

    private static int enlarged(int side) {
        return side * Math.max(1, COMFORTABLE / side);
    }
}
