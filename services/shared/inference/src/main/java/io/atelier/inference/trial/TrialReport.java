package io.atelier.inference.trial;

import java.util.List;
import java.util.Optional;

/**
 * What came of a trial.
 *
 * @param runs one for each shot, in order
 * @param steady whether the first shot gave the same bits twice
 */
public record TrialReport(List<Ran> runs, boolean steady) {
    public TrialReport {
        runs = List.copyOf(runs);
    }

    /**
     * One run.
     *
     * @param failure why it failed, if it did
     * @param outputs in the graph's order; none of a failed run
     */
    public record Ran(Optional<String> failure, List<Seen> outputs) {
        public Ran {
            outputs = List.copyOf(outputs);
        }

        /** The output of a name, if it came. */
        public Optional<Seen> output(String name) {
            return outputs.stream().filter(seen -> seen.output().equals(name)).findFirst();
        }
    }
}
