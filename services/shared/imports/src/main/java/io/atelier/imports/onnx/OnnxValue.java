package io.atelier.imports.onnx;

import java.util.List;
import java.util.Optional;

/**
 * An input or output as a graph declares it.
 *
 * @param name its name
 * @param type its elements' type; empty when it is no tensor
 * @param shape its axes, -1 where one is open; empty when the graph does not tell how many there are
 */
public record OnnxValue(String name, Optional<ElementType> type, Optional<List<Long>> shape) {}
