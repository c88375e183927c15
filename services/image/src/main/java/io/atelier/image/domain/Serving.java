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
        if (model.run(request).get(output) instanceof Rows.Floats floats) {
            return floats.values();
        }
        throw new IllegalStateException("the graph " + request.graph() + " answers float rows as " + output);
    }
}
