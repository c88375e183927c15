package io.atelier.inference;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Rows to be run through one graph.
 *
 * @param graph the graph's role in the package, such as generator
 * @param inputs by tensor name, all with the same count
 * @param client whose turn it is; clients that wait share the sessions evenly
 * @param priority interactive work goes before bulk work
 * @param deadline no run starts after it: DEADLINE
 * @param cancellation ends the wait, and stops a run when everyone in it has cancelled
 * @param rowsDone told how many rows are done as runs end; a caller that is slow hears of several runs at once
 * @param goesOn whether it is a later step of a work whose first one was let in, which no full queue refuses: the work so
 *     far would be lost
 */
public record RunRequest(
        String graph,
        Map<String, Rows> inputs,
        String client,
        Priority priority,
        Deadline deadline,
        Cancellation cancellation,
        IntConsumer rowsDone,
        boolean goesOn) {

    /** The only or the first step of a work. */
    public RunRequest(
            String graph,
            Map<String, Rows> inputs,
            String client,
            Priority priority,
            Deadline deadline,
            Cancellation cancellation,
            IntConsumer rowsDone) {
        this(graph, inputs, client, priority, deadline, cancellation, rowsDone, false);
    }

    /** The same as a later step. */
    public RunRequest goingOn() {
        return new RunRequest(graph, inputs, client, priority, deadline, cancellation, rowsDone, true);
    }

    /** Who goes first when a session is free. */
    public enum Priority {
        INTERACTIVE,
        BULK
    }
}
