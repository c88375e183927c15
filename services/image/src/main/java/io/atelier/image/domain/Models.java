package io.atelier.image.domain;

import io.atelier.inference.ModelHandle;
import io.atelier.inference.ModelServer;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import java.util.stream.Collectors;

/** Finds the model a request names, and sees that it does the task. */
final class Models {
    private static final int SHOWN = 10;

    private final ModelServer server;

    Models(ModelServer server) {
        this.server = server;
    }

    /** Throws MISSING_FIELD, MALFORMED_MODEL_NAME, UNKNOWN_MODEL, MODEL_NOT_READY, BROKEN_PACKAGE or WRONG_TASK. */
    ModelHandle acquire(String reference, ModelTask task) {
        if (reference.isEmpty()) {
            throw Problem.field(
                            ErrorCode.MISSING_FIELD,
                            "model",
                            "required",
                            "Name a model; ListModels tells which there are.")
                    .exception();
        }
        ModelHandle handle = open(reference, task);
        ModelTask does = handle.manifest().task();
        if (does != task) {
            handle.close();
            throw Problem.field(
                            ErrorCode.WRONG_TASK,
                            "model",
                            task.id(),
                            "The model " + reference + " does " + does.id() + "; this request needs one for "
                                    + task.id() + ".")
                    .exception();
        }
        return handle;
    }

    private ModelHandle open(String reference, ModelTask task) {
        try {
            return server.acquire(ModelRef.parse(reference));
        } catch (ProblemException e) {
            if (e.problem().code() != ErrorCode.UNKNOWN_MODEL) {
                throw e;
            }
            String known = known(task);
            throw Problem.field(
                            ErrorCode.UNKNOWN_MODEL,
                            "model",
                            known,
                            "No model " + reference + " is here; for " + task.id() + " there are: " + known + ".")
                    .exception(e);
        }
    }

    private String known(ModelTask task) {
        String names = server.models().stream()
                .filter(status -> status.serving()
                        .map(manifest -> manifest.task() == task)
                        .orElse(false))
                .limit(SHOWN)
                .map(status -> status.name().value())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
