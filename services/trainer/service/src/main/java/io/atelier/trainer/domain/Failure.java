package io.atelier.trainer.domain;

import io.atelier.kernel.Problem;
import java.util.Optional;

/**
 * Why a job ended without a model.
 *
 * @param code stable code, {@code ATELIER-<AREA>-<NNNN>}
 * @param message what happened and what to do
 * @param field the field or file that was to blame
 */
public record Failure(String code, String message, Optional<String> field) {

    public static Failure of(Problem problem) {
        return new Failure(problem.code().id(), problem.message(), problem.field());
    }
}
