package io.atelier.oip;

import java.util.List;

/**
 * Rows that a caller wants to be run.
 *
 * @param graph through which graph
 * @param id the caller's name for it; may be empty
 * @param parameters what is said about it beside
 * @param inputs the tensors
 * @param outputs the outputs that are wanted, in this order; empty for all of them
 */
public record InferRequest(
        GraphName graph, String id, Parameters parameters, List<GivenInput> inputs, List<String> outputs) {
    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
