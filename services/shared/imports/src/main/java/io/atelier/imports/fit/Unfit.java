package io.atelier.imports.fit;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelTask;

/** Refusals of models that do not do their task, or do not tell how. */
final class Unfit {
    private Unfit() {}

    static ProblemException forTask(ModelTask task, String why) {
        return Problem.of(ErrorCode.UNFIT_MODEL, "The model does not do " + task.id() + ": " + why + ".")
                .exception();
    }

    /** What could not be found out, why, and the option that tells it. */
    static ProblemException undecided(String option, String allowed, String why) {
        return Problem.field(
                        ErrorCode.UNDECIDED, option, allowed, why + ". Tell it with " + option + " " + allowed + ".")
                .exception();
    }
}
