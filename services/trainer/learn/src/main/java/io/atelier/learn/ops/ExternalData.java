package io.atelier.learn.ops;

import java.util.Map;
import java.util.Optional;

/**
 * A safetensors file beside a graph, which the graph reads its constants from instead of holding them itself.
 *
 * @param file the file's name; it lies in the graph's folder
 * @param places where each tensor's values lie
 * @see <a href="https://onnx.ai/onnx/repo-docs/ExternalData.html">ONNX external data</a>
 */
public record ExternalData(String file, Map<String, Place> places) {
    /** For a graph that holds everything itself. */
    public static final ExternalData NONE = new ExternalData("", Map.of());

    /** Bytes of a file. */
    public record Place(long offset, long length) {}

    Optional<Place> place(String tensor) {
        return Optional.ofNullable(places.get(tensor));
    }
}
