package io.atelier.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Chooses a size at which the pictures of a small model can be looked at: the largest multiple of its own up to 128. */
final class PictureSize {
    private static final int COMFORTABLE = 128;

    private PictureSize() {}

    /** Reads the model's own side from its manifest: what it makes is a graph's output, or a flow's input. */
    static int toLookAt(String manifestJson) {
        try {
            for (JsonNode graph : new ObjectMapper().readTree(manifestJson).path("graphs")) {
                for (String end : List.of("outputs", "inputs")) {
                    for (JsonNode tensor : graph.path(end)) {
                        if (tensor.path("role").asText().equals("image")) {
                            return enlarged(side(tensor));
                        }
                    }
                }
            }
            throw new IllegalArgumentException("a manifest without a picture");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a manifest that is no JSON", e);
        }
    }

    /** The width: the last axis, or the one before the channels. */
    private static int side(JsonNode tensor) {
        JsonNode shape = tensor.path("shape");
        int axis = tensor.path("layout").asText().equals("NHWC") ? 2 : 3;
        return shape.path(axis).asInt();
    }

    private static int enlarged(int side) {
        return side * Math.max(1, COMFORTABLE / side);
    }
}
