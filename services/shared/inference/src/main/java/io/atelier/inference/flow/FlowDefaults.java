package io.atelier.inference.flow;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import java.util.Map;
import java.util.Optional;

/** How a package says its pictures are made where a request says nothing: its defaults sampler, steps and guidance. */
public final class FlowDefaults {
    private static final String SAMPLER = "sampler";
    private static final String STEPS = "steps";
    private static final String GUIDANCE = "guidance";

    private FlowDefaults() {}

    /** As a package's defaults. */
    public static Map<String, Object> packaged(FlowSampler sampler) {
        return Map.of(SAMPLER, sampler.solver().id(), STEPS, (long) sampler.steps(), GUIDANCE, sampler.guidance());
    }

    /** What a package says; throws BROKEN_PACKAGE when it does not say it. */
    public static FlowSampler of(ModelManifest manifest) {
        Map<String, Object> defaults = manifest.defaults();
        Optional<Solver> solver = defaults.get(SAMPLER) instanceof String id ? Solver.find(id) : Optional.empty();
        if (solver.isPresent()
                && defaults.get(STEPS) instanceof Number steps
                && steps.intValue() >= 1
                && defaults.get(GUIDANCE) instanceof Number guidance) {
            return new FlowSampler(solver.get(), steps.intValue(), guidance.doubleValue());
        }
        throw Problem.of(
                        ErrorCode.BROKEN_PACKAGE,
                        manifest.name() + "@" + manifest.version() + " does not say by its defaults " + SAMPLER + ", "
                                + STEPS + " and " + GUIDANCE + " how its pictures are made.")
                .exception();
    }
}
