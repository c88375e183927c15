package io.atelier.inference.flow;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import java.util.Map;
import java.util.Optional;

/**
 * How a package says its pictures are made where a request says nothing: its defaults sampler, steps and guidance, and
 * guidance_from, guidance_to and spread, which may be left out for 0, 1 and 1.
 */
public final class FlowDefaults {
    private static final String SAMPLER = "sampler";
    private static final String STEPS = "steps";
    private static final String GUIDANCE = "guidance";
    private static final String FROM = "guidance_from";
    private static final String TO = "guidance_to";
    private static final String SPREAD = "spread";

    private FlowDefaults() {}

    /** As a package's defaults. */
    public static Map<String, Object> packaged(FlowSampler sampler) {
        Guidance guidance = sampler.guidance();
        return Map.of(
                SAMPLER,
                sampler.solver().id(),
                STEPS,
                (long) sampler.steps(),
                GUIDANCE,
                guidance.weight(),
                FROM,
                guidance.from(),
                TO,
                guidance.to(),
                SPREAD,
                sampler.spread());
    }

    /** What a package says; throws BROKEN_PACKAGE when it does not say it. */
    public static FlowSampler of(ModelManifest manifest) {
        Map<String, Object> defaults = manifest.defaults();
        Optional<Solver> solver = defaults.get(SAMPLER) instanceof String id ? Solver.find(id) : Optional.empty();
        if (solver.isPresent()
                && defaults.get(STEPS) instanceof Number steps
                && steps.intValue() >= 1
                && defaults.get(GUIDANCE) instanceof Number weight
                && defaults.getOrDefault(FROM, 0) instanceof Number from
                && defaults.getOrDefault(TO, 1) instanceof Number to
                && defaults.getOrDefault(SPREAD, 1) instanceof Number spread) {
            return new FlowSampler(
                    solver.get(),
                    steps.intValue(),
                    new Guidance(weight.doubleValue(), from.doubleValue(), to.doubleValue()),
                    spread.doubleValue());
        }
        throw Problem.of(
                        ErrorCode.BROKEN_PACKAGE,
                        manifest.name() + "@" + manifest.version() + " does not say by its defaults " + SAMPLER + ", "
                                + STEPS + " and " + GUIDANCE + " how its pictures are made.")
                .exception();
    }
}
