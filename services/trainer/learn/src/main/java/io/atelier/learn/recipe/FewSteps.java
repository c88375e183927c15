package io.atelier.learn.recipe;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Solver;
import java.util.Map;
import java.util.Optional;

/** Figures of pictures that are made with fewer evaluations of the network than is usual, where usual are many. */
final class FewSteps {
    /** They have this before their names. */
    private static final String FEW = "few_";

    private static final int STEPS = 6; // 11 evaluations
    private static final int FEW_EVALUATIONS = 12;

    private FewSteps() {}

    /** The same guidance with at most 12 evaluations; empty when the usual way has no more. */
    static Optional<FlowSampler> of(FlowSampler usual) {
        return usual.evaluations() <= FEW_EVALUATIONS
                ? Optional.empty()
                : Optional.of(new FlowSampler(Solver.HEUN, STEPS, usual.guidance(), usual.spread()));
    }

    /** Adds them; what is said of real pictures is said already. */
    static void put(Map<String, Double> metrics, Map<String, Double> few) {
        few.forEach((name, value) -> {
            if (!name.startsWith("real_")) {
                metrics.put(FEW + name, value);
            }
        });
    }
}
