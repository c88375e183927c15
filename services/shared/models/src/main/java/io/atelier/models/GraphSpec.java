package io.atelier.models;

import java.util.List;

/**
 * One ONNX graph of a package.
 *
 * @param role what it does for the task: generator, classifier, discriminator, encoder, decoder
 * @param file its file within the package
 * @param inputs its inputs in graph order
 * @param outputs its outputs in graph order
 */
public record GraphSpec(String role, String file, List<TensorSpec> inputs, List<TensorSpec> outputs) {}
