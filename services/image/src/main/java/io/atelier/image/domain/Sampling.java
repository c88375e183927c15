package io.atelier.image.domain;

import io.atelier.inference.flow.FlowDefaults;
import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Solver;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a flow is followed, as far as a request says it; for the rest the model's own defaults stand.
 *
 * @param steps in how many steps
 * @param guidance how far towards the wanted class: 0 any class, 1 it alone, above 1 beyond it; when is the model's own
 * @param sampler the solver's id
 * @param previewEvery after how many steps to show what pictures become, and so on
 */
public record Sampling(OptionalInt steps, OptionalDouble guidance, Optional<String> sampler, OptionalInt previewEvery) {
    /** Says nothing. */
    public static final Sampling NONE =
            new Sampling(OptionalInt.empty(), OptionalDouble.empty(), Optional.empty(), OptionalInt.empty());

    private static final String STEPS = "steps";
    private static final String GUIDANCE = "guidance";
    private static final String SAMPLER = "sampler";
    private static final String PREVIEW_EVERY = "preview_every";

    /** How this model's flow is followed; throws OUT_OF_RANGE_FIELD, and BROKEN_PACKAGE for a model without defaults. */
    FlowSampler of(ModelManifest manifest) {
        FlowSampler usual = FlowDefaults.of(manifest);
        return new FlowSampler(
                sampler.map(Solver::byId).orElse(usual.solver()),
                steps.isPresent() ? steps(steps.getAsInt(), manifest) : usual.steps(),
                guidance.isPresent() ? usual.guidance().withWeight(guidance(guidance.getAsDouble())) : usual.guidance(),
                usual.spread());
    }

    private static int steps(int asked, ModelManifest manifest) {
        long most = manifest.limits().getOrDefault(STEPS, Limits.MAX_STEPS);
        if (asked < 1 || asked > most) {
            throw outOfRange(
                    STEPS,
                    "1.." + most,
                    "The model " + manifest.name() + " makes pictures in 1 to " + most + " steps, not in " + asked
                            + ".");
        }
        return asked;
    }

    private static double guidance(double asked) {
        if (!(asked >= 0 && asked <= Limits.MAX_GUIDANCE)) { // which no NaN is
            throw outOfRange(
                    GUIDANCE,
                    "0.." + Limits.MAX_GUIDANCE,
                    "Guidance is a number from 0 to " + Limits.MAX_GUIDANCE + ", not " + asked + ".");
        }
        return asked;
    }

    private static RuntimeException outOfRange(String field, String limit, String message) {
        return Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, field, limit, message)
                .exception();
    }

    /** Throws UNSUPPORTED_FIELD when it says anything to a model that has no flow to follow. */
    void refuseFor(ModelManifest manifest) {
        given().ifPresent(field -> {
            throw Problem.field(
                            ErrorCode.UNSUPPORTED_FIELD,
                            field,
                            "only for " + ModelTask.IMAGE_FLOW.id(),
                            "The model " + manifest.name() + " does "
                                    + manifest.task().id() + " and follows no flow; leave " + field + " out.")
                    .exception();
        });
    }

    private Optional<String> given() {
        if (steps.isPresent()) {
            return Optional.of(STEPS);
        }
        if (guidance.isPresent()) {
            return Optional.of(GUIDANCE);
        }
        return previewEvery.isPresent() ? Optional.of(PREVIEW_EVERY) : sampler.map(any -> SAMPLER);
    }
}
