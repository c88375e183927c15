package io.atelier.image.domain;

import io.atelier.artifacts.runs.RunContext;
import io.atelier.inference.ModelHandle;
import io.atelier.inference.Rows;
import io.atelier.inference.RunRequest;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * A model in the service of one request.
 *
 * @param model the open model
 * @param caller who asks
 * @param context the request's deadline, cancellation and progress
 */
record Serving(ModelHandle model, Caller caller, RunContext context) {

    /** Rows to run for this request. */
    RunRequest request(String graph, Map<String, Rows> inputs, IntConsumer rowsDone) {
        return new RunRequest(
                graph,
                inputs,
                caller.client(),
                caller.priority(),
                context.deadline(),
                context.cancellation(),
                rowsDone);
    }

    /** Runs them and answers an output's rows, row-major; throws as {@link ModelHandle#run} does. */
    float[] run(RunRequest request, String output) {
        return floats(model.run(request), output).values();
    }

    /** The float rows of an output; one of other rows is a package's fault that loading should have met. */
    static Rows.Floats floats(Map<String, Rows> outputs, String output) {
        if (outputs.get(output) instanceof Rows.Floats floats) {
            return floats;
        }
        throw new IllegalStateException("the graph answers float rows as " + output);
    }
}
