package io.atelier.learn.recipe;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.learn.flow.FlowSampler;
import io.atelier.learn.flow.Solver;
import io.atelier.models.ModelManifest;
import java.util.Map;

/** How a flow's pictures are made where a request says nothing: in a recipe's settings and in a package. */
final class FlowDefaults {
    private static final String SAMPLER = "sampler";
    private static final String STEPS = "steps";
    private static final String GUIDANCE = "guidance";

    private FlowDefaults() {}

    static FlowSampler of(Settings settings) {
        return new FlowSampler(
                Solver.byId(settings.text("export." + SAMPLER)),
                settings.whole("export." + STEPS),
                settings.number("export." + GUIDANCE));
    }

    static Map<String, Object> packaged(FlowSampler sampler) {
        return Map.of(SAMPLER, sampler.solver().id(), STEPS, (long) sampler.steps(), GUIDANCE, sampler.guidance());
    }

    static FlowSampler of(ModelManifest manifest) {
        Map<String, Object> defaults = manifest.defaults();
        if (defaults.get(SAMPLER) instanceof String solver
                && defaults.get(STEPS) instanceof Number steps
                && defaults.get(GUIDANCE) instanceof Number guidance) {
            return new FlowSampler(Solver.byId(solver), steps.intValue(), guidance.doubleValue());
        }
        throw Problem.of(
                        ErrorCode.BROKEN_PACKAGE,
                        manifest.name() + "@" + manifest.version() + " does not say by its defaults " + SAMPLER + ", "
                                + STEPS + " and " + GUIDANCE + " how its pictures are made.")
                .exception();
    }
}
