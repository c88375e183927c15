package io.atelier.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a publisher brings; the repository adds version, file digests and the model's digest.
 *
 * @param name the model's name
 * @param task what it does
 * @param files the package's files on disk by their names in the package, README.md (the model card) among them
 * @param graphs the ONNX graphs
 * @param labels the labels in the order of their indices
 * @param defaults defaults of request parameters
 * @param limits limits of request parameters
 * @param training where it comes from
 * @param license the licence of the weights, an SPDX id
 */
public record ModelDraft(
        ModelName name,
        ModelTask task,
        Map<String, Path> files,
        List<GraphSpec> graphs,
        List<String> labels,
        Map<String, Object> defaults,
        Map<String, Long> limits,
        Optional<Training> training,
        Optional<String> license) {}
