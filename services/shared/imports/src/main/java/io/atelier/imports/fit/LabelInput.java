package io.atelier.imports.fit;

import io.atelier.imports.onnx.ElementType;
import io.atelier.imports.onnx.OnnxNode;
import io.atelier.imports.onnx.OnnxTensor;
import io.atelier.imports.onnx.OnnxValue;
import io.atelier.imports.onnx.Refusal;
import io.atelier.inference.trial.Feed;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The class that a generator takes: its number as int64, or float32 of 1 at the class and 0 elsewhere.
 *
 * @param row the shape of a row
 * @param oneHot float32 with a value for each class
 * @param how how the number of classes was found
 */
record LabelInput(String name, List<Long> row, boolean oneHot, long classes, String how) {

    /** The input that was told, or else the only one that can be; empty where all may be numbers to draw from. */
    static Optional<LabelInput> of(ModelTask task, List<OnnxValue> inputs, Trace trace, Told told) {
        List<OnnxValue> named = inputs.stream()
                .filter(input -> told.isRole(input.name(), "label"))
                .toList();
        List<OnnxValue> whole = inputs.stream()
                .filter(input -> input.type().equals(Optional.of(ElementType.INT64)))
                .toList();
        List<OnnxValue> likely = !named.isEmpty() ? named : !whole.isEmpty() ? whole : oneHots(inputs, told);
        return likely.size() == 1 ? Optional.of(of(task, likely.getFirst(), trace, told)) : Optional.empty();
    }

    private static List<OnnxValue> oneHots(List<OnnxValue> inputs, Told told) {
        return inputs.size() < 2
                ? List.of()
                : inputs.stream()
                        .filter(input -> told.isRole(other(inputs, input), "latent")
                                || input.shape()
                                        .filter(shape -> shape.size() == 2
                                                && shape.get(1) == told.labels().size())
                                        .isPresent())
                        .toList();
    }

    private static String other(List<OnnxValue> inputs, OnnxValue input) {
        return inputs.stream()
                .filter(one -> !one.equals(input))
                .map(OnnxValue::name)
                .findFirst()
                .orElse("");
    }

    private static LabelInput of(ModelTask task, OnnxValue input, Trace trace, Told told) {
        String what = "its input " + Refusal.shown(input.name());
        boolean oneHot = input.type().equals(Optional.of(ElementType.FLOAT32));
        List<Long> shape = oneHot ? Terminals.floats(task, what, input) : Terminals.rows(task, what, input);
        List<Long> row = shape.subList(1, shape.size());
        if (oneHot ? row.size() != 1 || row.getFirst() < 1 : !row.isEmpty() && !row.equals(List.of(1L))) {
            throw Unfit.forTask(
                    task,
                    what + " with the axes " + PictureFacts.axes(shape)
                            + " is no class: that is int64 (rows) or (rows, 1), or float32 (rows, classes)");
        }
        if (oneHot) {
            return new LabelInput(input.name(), row, true, row.getFirst(), "from the axes of the input");
        }
        if (!told.labels().isEmpty()) {
            return new LabelInput(input.name(), row, false, told.labels().size(), "from --labels");
        }
        return trace.user(input.name(), Set.of())
                .flatMap(node -> table(node, trace))
                .map(classes -> new LabelInput(input.name(), row, false, classes, "from the table it is looked up in"))
                .orElseThrow(() -> Unfit.undecided(
                        "--labels",
                        "FILE",
                        "How many classes " + what
                                + " knows cannot be told: it is not looked up in a table of constants"));
    }

    private static Optional<Long> table(OnnxNode node, Trace trace) {
        return switch (node.op()) {
            case "Gather" ->
                trace.constant(node.inputs().getFirst())
                        .map(OnnxTensor::shape)
                        .filter(shape -> !shape.isEmpty() && shape.getFirst() > 0)
                        .map(List::getFirst);
            case "OneHot" -> {
                var depth = trace.largest(node, 1);
                yield depth.isPresent() && depth.getAsDouble() >= 1
                        ? Optional.of((long) depth.getAsDouble())
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    Feed feed(long rows, long which) {
        List<Long> shape = new ArrayList<>(List.of(rows));
        shape.addAll(row);
        return oneHot ? Feed.floats(name, shape, 0, 1) : Feed.longs(name, shape, which);
    }

    TensorSpec spec() {
        List<Long> shape = new ArrayList<>(List.of(-1L));
        shape.addAll(row);
        return TensorSpec.of(name, "label", oneHot ? "float32" : "int64", shape.toArray(Long[]::new));
    }
}
