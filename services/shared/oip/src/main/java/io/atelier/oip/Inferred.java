package io.atelier.oip;

import java.util.List;

/**
 * What rows gave.
 *
 * @param model the graph's name as the caller wrote it
 * @param version the version that ran
 * @param id the caller's name for the request
 * @param outputs the outputs that were wanted
 */
public record Inferred(String model, long version, String id, List<Output> outputs) {
    public Inferred {
        outputs = List.copyOf(outputs);
    }
}
