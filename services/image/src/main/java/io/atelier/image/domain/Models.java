package io.atelier.image.domain;

import io.atelier.inference.ModelHandle;
import io.atelier.inference.ModelServer;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the model a request names, and sees that it does one of the tasks. */
final class Models {
    private static final int SHOWN = 10;

    private final ModelServer server;

    Models(ModelServer server) {
        this.server = server;
    }

    /** Throws MISSING_FIELD, MALFORMED_MODEL_NAME, UNKNOWN_MODEL, MODEL_NOT_READY, BROKEN_PACKAGE or WRONG_TASK. */
    ModelHandle acquire(String reference, ModelTask... tasks) {
        if (reference.isEmpty()) {
            throw Problem.field(
                            ErrorCode.MISSING_FIELD,
                            "model",
                            "required",
                            "Name a model; ListModels tells which there are.")
                    .exception();
        }
        List<ModelTask> fitting = List.of(tasks);
        ModelHandle handle = open(reference, fitting);
        ModelTask does = handle.manifest().task();
        if (!fitting.contains(does)) {
            handle.close();
            String wanted = named(fitting);
            throw Problem.field(
                            ErrorCode.WRONG_TASK,
                            "model",
                            wanted,
                            "The model " + reference + " does " + does.id() + "; this request needs one for " + wanted
                                    + ".")
                    .exception();
        }
        return handle;
    }

    private ModelHandle open(String reference, List<ModelTask> tasks) {
        try {
            return server.acquire(ModelRef.parse(reference));
        } catch (ProblemException e) {
            if (e.problem().code() != ErrorCode.UNKNOWN_MODEL) {
                throw e;
            }
            String known = known(tasks);
            throw Problem.field(
                            ErrorCode.UNKNOWN_MODEL,
                            "model",
                            known,
                            "No model " + reference + " is here; for " + named(tasks) + " there are: " + known + ".")
                    .exception(e);
        }
    }

    private String known(List<ModelTask> tasks) {
        String names = server.models().stream()
                .filter(status -> status.serving()
                        .map(manifest -> tasks.contains(manifest.task()))
                        .orElse(false))
                .limit(SHOWN)
                .map(status -> status.name().value())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private static String named(List<ModelTask> tasks) {
        return tasks.stream().map(ModelTask::id).collect(Collectors.joining(" or "));
    }
}
