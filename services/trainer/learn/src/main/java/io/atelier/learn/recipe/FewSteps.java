package io.atelier.learn.recipe;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Solver;
import java.util.Map;

/** Figures of pictures that are made with fewer evaluations of the network than is usual. */
final class FewSteps {
    /** They have this before their names. */
    private static final String FEW = "few_";

    private static final int STEPS = 6; // 11 evaluations

    private FewSteps() {}

    /** The same guidance with at most 12 evaluations. */
    static FlowSampler of(FlowSampler usual) {
        return new FlowSampler(Solver.HEUN, STEPS, usual.guidance(), usual.spread());
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
