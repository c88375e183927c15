package io.atelier.imports.fit;

import io.atelier.imports.onnx.ElementType;
import io.atelier.imports.onnx.OnnxLimits;
import io.atelier.imports.onnx.OnnxModel;
import io.atelier.imports.onnx.OnnxValue;
import io.atelier.imports.onnx.Refusal;
import io.atelier.inference.trial.Seen;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The inputs and outputs of a model, and what a service can serve of them. */
final class Terminals {
    private Terminals() {}

    static OnnxValue onlyInput(ModelTask task, OnnxModel model) {
        List<OnnxValue> inputs = model.graph().trueInputs();
        if (inputs.size() != 1) {
            throw Unfit.forTask(task, "it takes one picture and nothing else, and this one takes " + names(inputs));
        }
        return inputs.getFirst();
    }

    static String names(List<OnnxValue> values) {
        return values.isEmpty()
                ? "nothing"
                : values.stream().map(value -> Refusal.shown(value.name())).collect(Collectors.joining(", "));
    }

    /** The axes of a float32 input. */
    static List<Long> floats(ModelTask task, String what, OnnxValue input) {
        requireType(task, what, input.type(), ElementType.FLOAT32);
        return rows(task, what, input);
    }

    private static void requireType(ModelTask task, String what, Optional<ElementType> type, ElementType wanted) {
        if (type.isEmpty() || type.get() != wanted) {
            throw Unfit.forTask(
                    task,
                    what + " is " + type.map(ElementType::id).orElse("no plain tensor") + ", and " + wanted.id()
                            + " is served; export it with that");
        }
    }

    /** The axes of an input, the first of which counts rows: open, or 1. */
    static List<Long> rows(ModelTask task, String what, OnnxValue input) {
        List<Long> shape = input.shape()
                .filter(axes -> !axes.isEmpty())
                .orElseThrow(() -> Unfit.forTask(task, what + " does not say how many axes it has"));
        if (shape.contains(0L)) {
            throw Unfit.forTask(task, what + " has an axis of 0: " + PictureFacts.axes(shape));
        }
        if (shape.getFirst() > 1) {
            throw Unfit.forTask(
                    task,
                    what + " takes " + shape.getFirst()
                            + " rows at once and no other number; export it with 1, or with an open first axis");
        }
        return shape;
    }

    /** A shape that a trial can be given; throws where it has too many values. */
    static List<Long> bounded(ModelTask task, String name, List<Long> shape) {
        try {
            if (shape.stream().reduce(1L, Math::multiplyExact) <= OnnxLimits.MAX_VALUES) {
                return shape;
            }
        } catch (ArithmeticException e) {
            // too many to be counted
        }
        throw Unfit.forTask(
                task,
                "its input " + Refusal.shown(name) + " with the axes " + PictureFacts.axes(shape) + " has more than "
                        + OnnxLimits.MAX_VALUES + " values");
    }

    /** The float outputs that somebody may want, with the role that was told. */
    static List<Seen> told(List<Seen> outputs, Told told, String role) {
        return outputs.stream().filter(seen -> told.isRole(seen.output(), role)).toList();
    }

    /** An output in model.json; the first axis counts rows. */
    static TensorSpec spec(Seen seen, String role) {
        List<Long> shape = new ArrayList<>(seen.shape());
        shape.set(0, -1L);
        return TensorSpec.of(seen.output(), role, seen.floats() ? "float32" : "int64", shape.toArray(Long[]::new));
    }
}
