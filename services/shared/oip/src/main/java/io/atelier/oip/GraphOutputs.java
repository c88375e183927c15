package io.atelier.oip;

import io.atelier.inference.GraphSignature.Tensor;
import io.atelier.inference.Rows;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The outputs of a graph that a request wants.
 *
 * @param wanted in the order they are wanted
 * @param all every output of the graph: a run makes them all
 * @param maxAnswer the most bytes they may take
 */
record GraphOutputs(List<Tensor> wanted, List<Tensor> all, long maxAnswer) {

    /** Finds outputs by name, all of them when none is named; throws UNKNOWN_TENSOR or CONFLICTING_FIELDS. */
    static GraphOutputs of(List<Tensor> all, List<String> names, long maxAnswer) {
        Set<String> seen = new HashSet<>();
        List<Tensor> wanted = names.stream()
                .map(name -> {
                    if (!seen.add(name)) {
                        throw Problem.field(
                                        ErrorCode.CONFLICTING_FIELDS,
                                        "outputs",
                                        "once",
                                        "The output " + Refusals.shown(name) + " is asked for twice.")
                                .exception();
                    }
                    return find(all, name);
                })
                .toList();
        return new GraphOutputs(wanted.isEmpty() ? all : wanted, all, maxAnswer);
    }

    private static Tensor find(List<Tensor> all, String name) {
        return all.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    String known =
                            String.join(", ", all.stream().map(Tensor::name).toList());
                    return Problem.field(
                                    ErrorCode.UNKNOWN_TENSOR,
                                    "outputs",
                                    known,
                                    "The graph has no output " + Refusals.shown(name) + "; it gives " + known + ".")
                            .exception();
                });
    }

    /** Refuses rows, before they run, whose outputs would take too much; open axes are known only afterwards. */
    void check(long rows) {
        long bytes = 0;
        for (Tensor tensor : all) {
            long size = Datatype.of(tensor.element()).bytes();
            for (long axis : tensor.rowShape()) {
                size *= Math.max(1, axis);
            }
            bytes += size * rows;
        }
        refuse(bytes);
    }

    /** The wanted outputs of what came out. */
    List<Output> of(Map<String, Rows> made) {
        List<Output> outputs = wanted.stream()
                .map(tensor -> {
                    Rows rows = made.get(tensor.name());
                    if (rows == null) {
                        throw new IllegalStateException("a run gave no " + tensor.name());
                    }
                    return Output.of(tensor, rows);
                })
                .toList();
        refuse(outputs.stream().mapToLong(Output::bytes).sum());
        return outputs;
    }

    private void refuse(long bytes) {
        if (bytes > maxAnswer) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            "inputs",
                            maxAnswer + " bytes of outputs",
                            "So many rows give " + bytes + " bytes of outputs; " + maxAnswer
                                    + " are allowed (atelier.oip.max-answer). Send fewer at once.")
                    .exception();
        }
    }
}
