package io.atelier.imports.fit;

import io.atelier.imports.onnx.OnnxModel;
import io.atelier.inference.trial.Seen;
import io.atelier.inference.trial.Shot;
import io.atelier.inference.trial.TrialReport;
import io.atelier.models.ModelTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A picture in, a picture of its size out.
 *
 * @param input its size -1 where any is taken
 * @param open whether it takes several rows at once
 */
record StylizerFit(PictureInput input, Evidence evidence, Told told, boolean open) implements Fit {
    private static final ModelTask TASK = ModelTask.IMAGE_STYLE;

    /** Sizes that a network of any size is tried with, width and height unlike; multiples of 16, as many need. */
    private static final long[][] SIZES = {{128, 96}, {64, 80}};

    static StylizerFit of(OnnxModel model, Told told) {
        Evidence evidence = new Evidence(new Trace(model.graph()));
        PictureInput input = PictureInput.of(TASK, model, evidence, told);
        boolean open = Terminals.onlyInput(TASK, model).shape().orElseThrow().getFirst() < 0;
        return new StylizerFit(told.size().isPresent() ? input.sized() : input, evidence, told, open);
    }

    @Override
    public List<Shot> shots() {
        List<Shot> shots = new ArrayList<>();
        for (int i = 0; i < (isFixed() ? 1 : SIZES.length); i++) {
            shots.add(new Shot("one picture", List.of(sized(i).feed(TASK, 1))));
        }
        if (open) {
            shots.add(new Shot("two pictures", List.of(sized(0).feed(TASK, 2))));
        }
        return shots;
    }

    private boolean isFixed() {
        return input.facts().height() > 0 && input.facts().width() > 0;
    }

    private PictureInput sized(int trial) {
        return input.sized(SIZES[trial][1], SIZES[trial][0]);
    }

    @Override
    public Fitted read(TrialReport report) {
        List<Seen> outputs = Fit.first(report).outputs();
        PictureOutput output = PictureOutput.of(TASK, outputs, evidence, told, Optional.of(input.range()));
        for (int i = 0; i < (isFixed() ? 1 : SIZES.length); i++) {
            requireSameSize(report.runs().get(i), sized(i).facts(), output);
        }
        PictureFacts written = new PictureFacts(
                output.facts().layout(),
                output.facts().channels(),
                output.facts().names(),
                input.facts().height(),
                input.facts().width(),
                output.facts().how());
        return new Fitted(
                List.of(input.spec()),
                output.specs(outputs, written, List.of(), List.of()),
                told.labels(),
                Fit.batch(report, open),
                List.of(
                        input.line(),
                        new PictureOutput(output.seen(), written, output.range(), output.rangeHow()).line()));
    }

    private static void requireSameSize(TrialReport.Ran ran, PictureFacts in, PictureOutput output) {
        String size = in.width() + "x" + in.height();
        if (ran.failure().isPresent()) {
            throw Unfit.undecided(
                    "--size",
                    "WIDTHxHEIGHT",
                    "It declares pictures of any size and fails at " + size + " ("
                            + ran.failure().get() + ")");
        }
        List<Long> shape = ran.output(output.seen().output()).map(Seen::shape).orElse(List.of());
        Layout layout = output.facts().layout();
        if (shape.size() != 4 || layout.height(shape) != in.height() || layout.width(shape) != in.width()) {
            throw Unfit.forTask(
                    TASK,
                    "it makes a picture of the axes " + PictureFacts.axes(shape) + " from one of " + size
                            + ", and a stylised picture keeps its size");
        }
    }
}
