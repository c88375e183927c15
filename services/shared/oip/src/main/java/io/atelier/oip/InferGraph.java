package io.atelier.oip;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.endpoints.metrics.RequestMeters;
import io.atelier.inference.GraphSignature;
import io.atelier.inference.Rows;
import io.atelier.inference.RunRequest;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.oip.Graphs.Opened;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a caller's rows through a graph, beside whatever else waits for it. Thread-safe; to be called on virtual threads. */
public final class InferGraph {
    private static final System.Logger LOG = System.getLogger(InferGraph.class.getName());

    private final String kind;
    private final Graphs graphs;
    private final OipLimits limits;
    private final RequestMeters meters;
    private final InstantSource clock;
    private final AtomicInteger inFlight = new AtomicInteger();

    InferGraph(String kind, Graphs graphs, OipLimits limits, RequestMeters meters, InstantSource clock) {
        this.kind = kind;
        this.graphs = graphs;
        this.limits = limits;
        this.meters = meters;
        this.clock = clock;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Serves one request; throws a problem for every refusal. */
    public Inferred run(InferRequest request, Caller caller) {
        RequestMeters.Once measured = meters.once(kind, caller.entrance());
        inFlight.incrementAndGet();
        StoredOutcome.Kind end = StoredOutcome.Kind.FAILED;
        try {
            Inferred inferred = run(request, caller, measured);
            end = StoredOutcome.Kind.COMPLETED;
            return inferred;
        } catch (ProblemException e) {
            if (e.problem().code() == ErrorCode.CANCELLED) {
                end = StoredOutcome.Kind.CANCELLED;
            }
            throw e;
        } finally {
            inFlight.decrementAndGet();
            measured.ended(end);
        }
    }

    private Inferred run(InferRequest request, Caller caller, RequestMeters.Once measured) {
        Deadline deadline = caller.deadline()
                .earlier(Deadline.after(limits.jobLimit(), clock))
                .earlier(request.parameters().deadline(clock));
        try (Opened graph = graphs.open(request.graph())) {
            measured.servedBy(graph.handle().manifest());
            GraphSignature signature = graph.signature();
            GraphOutputs outputs = GraphOutputs.of(signature.outputs(), request.outputs(), limits.maxAnswer());
            Map<String, Rows> inputs = new GraphInputs(signature.inputs(), limits.maxRows()).rows(request.inputs());
            outputs.check(inputs.values().iterator().next().count());
            Map<String, Rows> made = run(
                    graph,
                    new RunRequest(
                            graph.role(),
                            inputs,
                            caller.client(),
                            request.parameters().priority(),
                            deadline,
                            caller.cancellation(),
                            done -> {}));
            return new Inferred(
                    request.graph().text(), graph.handle().manifest().version(), request.id(), outputs.of(made));
        }
    }

    /** A run that fails on tensors that fit fails on the caller's values, such as an index that no table has. */
    private static Map<String, Rows> run(Opened graph, RunRequest rows) {
        try {
            return graph.handle().run(rows);
        } catch (ProblemException e) {
            if (e.problem().code() != ErrorCode.INTERNAL) {
                throw e;
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "a graph failed on a caller''s values: {0}",
                    String.valueOf(e.getCause()));
            throw Problem.field(
                            ErrorCode.REFUSED_BY_GRAPH,
                            "inputs",
                            "values that the graph takes",
                            "The graph " + graph.role() + " of "
                                    + graph.handle().manifest().name()
                                    + " cannot be run with these values; an index may lie beyond its table.")
                    .exception(e);
        }
    }
}
