package io.atelier.oip;

import io.atelier.inference.GraphSignature.Tensor;
import io.atelier.inference.Rows;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Whether a given tensor is what an input of a graph takes.
 *
 * @param tensor what the graph takes
 * @param given what came
 * @param maxRows the most rows of a request
 */
record Fit(Tensor tensor, GivenInput given, int maxRows) {

    /** Why it does not fit, as far as data type and shape tell. */
    Optional<Problem> problem() {
        Datatype datatype = Datatype.of(tensor.element());
        if (!given.datatype().equals(datatype.name())) {
            return Optional.of(Refusals.datatype(tensor.name(), datatype.name(), given.datatype()));
        }
        if (!isShapeRight() || elements().isEmpty()) {
            String wanted = "[rows"
                    + tensor.rowShape().stream()
                            .map(axis -> axis < 0 ? ", any" : ", " + axis)
                            .reduce("", String::concat)
                    + "]";
            return Optional.of(Problem.field(
                    ErrorCode.WRONG_SHAPE,
                    Refusals.field(tensor.name()),
                    wanted,
                    "The input " + tensor.name() + " has the shape " + wanted + ", not "
                            + Refusals.shown(given.shape().toString()) + "."));
        }
        long rows = given.shape().getFirst();
        if (rows < 1 || rows > maxRows) {
            return Optional.of(Problem.field(
                    ErrorCode.OUT_OF_RANGE_FIELD,
                    Refusals.field(tensor.name()),
                    "1.." + maxRows,
                    "A request has 1 to " + maxRows + " rows, the first axis of its inputs, not " + rows + "."));
        }
        return Optional.empty();
    }

    private boolean isShapeRight() {
        List<Long> shape = given.shape();
        if (shape.size() != tensor.rowShape().size() + 1) {
            return false;
        }
        for (int i = 1; i < shape.size(); i++) {
            long wanted = tensor.rowShape().get(i - 1);
            if (shape.get(i) < 1 || wanted > 0 && wanted != shape.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** How many elements the shape has; nothing when no array holds them. */
    private Optional<Integer> elements() {
        long elements = 1;
        for (long axis : given.shape()) {
            if (axis != 0 && elements > Integer.MAX_VALUE / Math.max(1, axis)) {
                return Optional.empty();
            }
            elements *= axis;
        }
        return Optional.of((int) elements);
    }

    /** The values as rows; only when there is no problem. Throws WRONG_LENGTH or WRONG_DATATYPE. */
    Rows rows() {
        int count = Math.toIntExact(given.shape().getFirst());
        long[] rowShape =
                given.shape().stream().skip(1).mapToLong(Long::longValue).toArray();
        int elements = elements().orElseThrow();
        return switch (tensor.element()) {
            case FLOAT32 -> new Rows.Floats(count, rowShape, given.values().floats(tensor.name(), elements));
            case INT64 -> new Rows.Longs(count, rowShape, given.values().longs(tensor.name(), elements));
        };
    }
}
