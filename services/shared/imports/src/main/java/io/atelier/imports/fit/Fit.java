package io.atelier.imports.fit;

import io.atelier.imports.onnx.OnnxModel;
import io.atelier.inference.trial.Shot;
import io.atelier.inference.trial.TrialReport;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelTask;
import java.util.List;

/** How a model does a task: what a trial has to feed it, and what follows from what came out. */
public sealed interface Fit permits ClassifierFit, GeneratorFit, StylizerFit {
    /** The most rows of a run of a graph that takes several; a service proves it at load. */
    long BATCH = 16;

    /** The role of a task's graph in a package; throws WRONG_TASK for a task that none is imported for. */
    static String role(ModelTask task) {
        return switch (task) {
            case IMAGE_CLASSIFY -> "classifier";
            case IMAGE_CLASS_CONDITIONAL -> "generator";
            case IMAGE_STYLE -> "stylizer";
            default ->
                throw Problem.field(
                                ErrorCode.WRONG_TASK,
                                "--task",
                                "image.style|image.class-conditional|image.classify",
                                "Models for " + task.id() + " cannot be imported.")
                        .exception();
        };
    }

    /** Of what a file says. Throws UNFIT_MODEL, and UNDECIDED naming an option. */
    static Fit of(ModelTask task, OnnxModel model, Told told) {
        return switch (task) {
            case IMAGE_CLASSIFY -> ClassifierFit.of(model, told);
            case IMAGE_CLASS_CONDITIONAL -> GeneratorFit.of(model, told);
            case IMAGE_STYLE -> StylizerFit.of(model, told);
            default -> throw new IllegalArgumentException(role(task));
        };
    }

    /** What to try; the first must succeed. */
    List<Shot> shots();

    /** What the package says. Throws as {@link #of} does, and TRIAL_FAILED. */
    Fitted read(TrialReport report);

    /** The first run's outputs; throws when it failed or its results change from run to run. */
    static TrialReport.Ran first(TrialReport report) {
        TrialReport.Ran first = report.runs().getFirst();
        if (first.failure().isPresent()) {
            throw failed(first.failure().get());
        }
        if (!report.steady()) {
            throw failed("it gives other results each time for the same input, so that no work could be made again");
        }
        return first;
    }

    static RuntimeException failed(String why) {
        return Problem.of(ErrorCode.TRIAL_FAILED, "The model failed its trial: " + why + ".")
                .exception();
    }

    /** The most rows of a run: several when the last shot, of two rows, gave two of everything. */
    static long batch(TrialReport report, boolean open) {
        TrialReport.Ran last = report.runs().getLast();
        boolean two = open
                && last.failure().isEmpty()
                && last.outputs().stream().allMatch(seen -> seen.shape().getFirst() == 2);
        return two ? BATCH : 1;
    }
}
