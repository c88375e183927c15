package io.atelier.imports.onnx;

import java.util.List;
import java.util.Map;

/**
 * What a file says, but for its weights.
 *
 * @param irVersion the version of the form
 * @param producer who wrote it, with a version, as far as it says so
 * @param opsets versions of operator sets by domain
 * @param graph the graph
 * @param externals all constants' places beside the file
 */
public record OnnxModel(
        long irVersion,
        String producer,
        Map<String, Long> opsets,
        OnnxGraph graph,
        List<OnnxTensor.External> externals) {
    public OnnxModel {
        opsets = Map.copyOf(opsets);
        externals = List.copyOf(externals);
    }
}
