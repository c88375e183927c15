package io.atelier.oip;

import io.atelier.inference.GraphSignature.Tensor;
import io.atelier.inference.Rows;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a graph takes, and whether a request brings it.
 *
 * @param tensors the graph's inputs
 * @param maxRows the most rows of a request
 */
record GraphInputs(List<Tensor> tensors, int maxRows) {

    /** The inputs as rows, all with the same count; throws every problem with them at once. */
    Map<String, Rows> rows(List<GivenInput> given) {
        Map<String, GivenInput> named = named(given);
        List<Problem> problems = new ArrayList<>();
        for (Tensor tensor : tensors) {
            GivenInput input = named.get(tensor.name());
            if (input == null) {
                problems.add(Problem.field(
                        ErrorCode.MISSING_FIELD,
                        Refusals.field(tensor.name()),
                        "required",
                        "The input " + tensor.name() + " is missing."));
            } else {
                new Fit(tensor, input, maxRows).problem().ifPresent(problems::add);
            }
        }
        refuse(problems);
        long count = named.get(tensors.getFirst().name()) instanceof GivenInput first
                ? first.shape().getFirst()
                : 0;
        for (GivenInput input : given) {
            if (input.shape().getFirst() != count) {
                problems.add(Problem.field(
                        ErrorCode.WRONG_SHAPE,
                        Refusals.field(input.name()),
                        Long.toString(count),
                        "The first axis counts rows: the input " + input.name() + " has "
                                + input.shape().getFirst() + " of them and "
                                + tensors.getFirst().name() + " " + count + "."));
            }
        }
        refuse(problems);
        Map<String, Rows> rows = new HashMap<>();
        for (Tensor tensor : tensors) {
            GivenInput input = named.get(tensor.name());
            if (input != null) {
                rows.put(tensor.name(), new Fit(tensor, input, maxRows).rows());
            }
        }
        return rows;
    }

    private Map<String, GivenInput> named(List<GivenInput> given) {
        Map<String, GivenInput> named = new HashMap<>();
        Set<String> known = new HashSet<>();
        tensors.forEach(tensor -> known.add(tensor.name()));
        for (GivenInput input : given) {
            if (!known.contains(input.name())) {
                String all =
                        String.join(", ", tensors.stream().map(Tensor::name).toList());
                throw Problem.field(
                                ErrorCode.UNKNOWN_TENSOR,
                                "inputs",
                                all,
                                "The graph has no input " + Refusals.shown(input.name()) + "; it takes " + all + ".")
                        .exception();
            }
            if (named.put(input.name(), input) != null) {
                throw Problem.field(
                                ErrorCode.CONFLICTING_FIELDS,
                                Refusals.field(input.name()),
                                "once",
                                "The input " + input.name() + " is given twice.")
                        .exception();
            }
        }
        return named;
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw Problem.all(problems).exception();
        }
    }
}
