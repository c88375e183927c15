package io.atelier.imports.fit;

import io.atelier.imports.onnx.OnnxModel;
import io.atelier.imports.onnx.OnnxNode;
import io.atelier.imports.onnx.Refusal;
import io.atelier.inference.trial.Seen;
import io.atelier.inference.trial.Shot;
import io.atelier.inference.trial.TrialReport;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A picture in, a score for each class out.
 *
 * @param open whether it takes several rows at once
 */
record ClassifierFit(PictureInput input, Trace trace, Told told, boolean open) implements Fit {
    private static final ModelTask TASK = ModelTask.IMAGE_CLASSIFY;
    private static final String LOGITS = "logits";
    private static final String PROBABILITIES = "probabilities";

    static ClassifierFit of(OnnxModel model, Told told) {
        Trace trace = new Trace(model.graph());
        PictureInput input =
                PictureInput.of(TASK, model, new Evidence(trace), told).sized();
        boolean open = Terminals.onlyInput(TASK, model).shape().orElseThrow().getFirst() < 0;
        return new ClassifierFit(input, trace, told, open);
    }

    @Override
    public List<Shot> shots() {
        List<Shot> shots = new ArrayList<>(List.of(new Shot("one picture", List.of(input.feed(TASK, 1)))));
        if (open) {
            shots.add(new Shot("two pictures", List.of(input.feed(TASK, 2))));
        }
        return shots;
    }

    @Override
    public Fitted read(TrialReport report) {
        List<Seen> outputs = Fit.first(report).outputs();
        Seen scores = scores(outputs);
        if (!scores.finite()) {
            throw Unfit.forTask(TASK, "its scores " + Refusal.shown(scores.output()) + " are no finite numbers");
        }
        String role = role(scores);
        List<String> labels = Labelled.of(classes(scores), told);
        List<TensorSpec> specs = outputs.stream()
                .map(seen -> Terminals.spec(seen, seen.equals(scores) ? role : "unused"))
                .toList();
        return new Fitted(
                List.of(input.spec()),
                specs,
                labels,
                Fit.batch(report, open),
                List.of(
                        input.line(),
                        "gives " + role + " as " + Refusal.shown(scores.output()) + " "
                                + PictureFacts.axes(scores.shape()),
                        Labelled.line(labels, told, "from the axes of the output")));
    }

    /** The output with a score for each class. */
    private Seen scores(List<Seen> outputs) {
        List<Seen> told = new ArrayList<>(Terminals.told(outputs, this.told, LOGITS));
        told.addAll(Terminals.told(outputs, this.told, PROBABILITIES));
        if (told.size() == 1) {
            return told.getFirst();
        }
        List<Seen> fitting = outputs.stream()
                .filter(seen -> seen.floats() && seen.shape().getFirst() == 1 && isRow(seen.shape()))
                .toList();
        if (fitting.isEmpty()) {
            throw Unfit.forTask(TASK, "none of its outputs is a row of two or more scores for a picture");
        }
        List<Seen> softmax = fitting.stream()
                .filter(seen -> isMadeBy(seen, Set.of("Softmax")))
                .toList();
        if (fitting.size() > 1 && softmax.size() != 1) {
            throw Unfit.undecided(
                    "--role",
                    "NAME=logits or NAME=probabilities",
                    "Which output has the scores cannot be told: "
                            + String.join(
                                    ", ",
                                    fitting.stream()
                                            .map(seen -> Refusal.shown(seen.output()))
                                            .toList())
                            + " all could");
        }
        return fitting.size() == 1 ? fitting.getFirst() : softmax.getFirst();
    }

    private static boolean isRow(List<Long> shape) {
        return shape.stream().skip(1).filter(axis -> axis != 1).count() == 1;
    }

    private static long classes(Seen scores) {
        return scores.shape().stream().skip(1).reduce(1L, Math::multiplyExact);
    }

    private boolean isMadeBy(Seen seen, Set<String> operators) {
        return trace.maker(seen.output(), Set.of())
                .map(OnnxNode::op)
                .filter(operators::contains)
                .isPresent();
    }

    /** Probabilities are read as they are, logits by softmax. */
    private String role(Seen scores) {
        if (told.roles().containsKey(scores.output())) {
            return told.roles().get(scores.output());
        }
        boolean sumsToOne = scores.low() >= 0 && scores.high() <= 1 && Math.abs(scores.sum() - 1) < 1e-3;
        return isMadeBy(scores, Set.of("Softmax", "Sigmoid")) || sumsToOne ? PROBABILITIES : LOGITS;
    }
}
