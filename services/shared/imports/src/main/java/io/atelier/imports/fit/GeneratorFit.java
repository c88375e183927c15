package io.atelier.imports.fit;

import io.atelier.imports.onnx.OnnxModel;
import io.atelier.imports.onnx.OnnxValue;
import io.atelier.imports.onnx.Refusal;
import io.atelier.inference.trial.Feed;
import io.atelier.inference.trial.Seen;
import io.atelier.inference.trial.Shot;
import io.atelier.inference.trial.TrialReport;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gaussian numbers in, and a class where it has any; a picture out.
 *
 * @param order the inputs' names in the graph's order
 * @param latent the numbers (row, ...)
 * @param label the class, where it takes one
 * @param open whether it takes several rows at once
 */
record GeneratorFit(
        List<String> order, Latent latent, Optional<LabelInput> label, Evidence evidence, Told told, boolean open)
        implements Fit {
    private static final ModelTask TASK = ModelTask.IMAGE_CLASS_CONDITIONAL;

    /** Most Gaussian numbers lie within. */
    private static final double SPREAD = 2;

    /**
     * The numbers a picture is made from.
     *
     * @param row the shape of a row
     */
    record Latent(String name, List<Long> row) {
        List<Long> shape(long rows) {
            List<Long> shape = new ArrayList<>(List.of(rows));
            shape.addAll(row);
            return shape;
        }
    }

    static GeneratorFit of(OnnxModel model, Told told) {
        List<OnnxValue> inputs = model.graph().trueInputs();
        Trace trace = new Trace(model.graph());
        Optional<LabelInput> label = LabelInput.of(TASK, inputs, trace, told);
        List<OnnxValue> others = inputs.stream()
                .filter(input ->
                        label.filter(found -> found.name().equals(input.name())).isEmpty())
                .toList();
        if (others.size() > 1 && label.isEmpty()) {
            throw Unfit.undecided(
                    "--role",
                    "NAME=latent and NAME=label",
                    "Which input is the latent and which the class cannot be told of " + Terminals.names(inputs));
        }
        if (others.size() != 1) {
            throw Unfit.forTask(
                    TASK,
                    "it takes Gaussian numbers and at most a class, and this one takes " + Terminals.names(inputs));
        }
        OnnxValue latent = others.getFirst();
        String what = "its input " + Refusal.shown(latent.name());
        List<Long> shape = Terminals.floats(TASK, what, latent);
        if (shape.size() < 2 || shape.subList(1, shape.size()).contains(-1L)) {
            throw Unfit.forTask(
                    TASK,
                    what + " has the axes " + PictureFacts.axes(shape)
                            + ", and a latent has two or more, all but the first of them fixed");
        }
        boolean open =
                inputs.stream().allMatch(input -> input.shape().orElseThrow().getFirst() < 0);
        return new GeneratorFit(
                inputs.stream().map(OnnxValue::name).toList(),
                new Latent(latent.name(), shape.subList(1, shape.size())),
                label,
                new Evidence(trace),
                told,
                open);
    }

    @Override
    public List<Shot> shots() {
        List<Shot> shots = new ArrayList<>(List.of(shot("the first class", 1, 0)));
        label.ifPresent(found -> shots.add(shot("the last class", 1, found.classes() - 1)));
        if (open) {
            shots.add(shot("two pictures", 2, 0));
        }
        return shots;
    }

    private Shot shot(String name, long rows, long which) {
        List<Long> shape = Terminals.bounded(TASK, latent.name(), latent.shape(rows));
        List<Feed> feeds = new ArrayList<>(List.of(Feed.floats(latent.name(), shape, -SPREAD, SPREAD)));
        label.ifPresent(found -> feeds.add(found.feed(rows, which)));
        return new Shot(name, feeds);
    }

    @Override
    public Fitted read(TrialReport report) {
        List<Seen> outputs = Fit.first(report).outputs();
        label.ifPresent(found -> report.runs().get(1).failure().ifPresent(why -> {
            throw Unfit.undecided(
                    "--labels",
                    "FILE",
                    "It was taken to have " + found.classes() + " classes, and fails for the last of them (" + why
                            + ")");
        }));
        PictureOutput output = PictureOutput.of(TASK, outputs, evidence, told, Optional.empty());
        List<TensorSpec> inputs = order.stream().map(this::spec).toList();
        List<String> labels =
                label.map(found -> Labelled.of(found.classes(), told)).orElse(List.of());
        List<String> found = new ArrayList<>(List.of(
                "takes " + Refusal.shown(latent.name()) + ": Gaussian numbers " + PictureFacts.axes(latent.row()),
                output.line()));
        label.ifPresent(one -> found.add(Labelled.line(labels, told, one.how())));
        return new Fitted(
                inputs,
                output.specs(outputs, output.facts(), told.mean(), told.deviation()),
                labels,
                Fit.batch(report, open),
                found);
    }

    private TensorSpec spec(String name) {
        return label.filter(found -> found.name().equals(name))
                .map(LabelInput::spec)
                .orElseGet(() -> TensorSpec.of(
                        name, "latent", "float32", latent.shape(-1).toArray(Long[]::new)));
    }
}
