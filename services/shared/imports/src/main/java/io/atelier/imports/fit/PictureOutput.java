package io.atelier.imports.fit;

import io.atelier.imports.onnx.Refusal;
import io.atelier.inference.trial.Seen;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.util.List;
import java.util.Optional;

/** A picture that comes out. */
record PictureOutput(Seen seen, PictureFacts facts, ValueRange range, String rangeHow) {

    /**
     * The only output that is one, or the one that was told.
     *
     * @param otherwise the range when neither an option nor an operator tells it
     */
    static PictureOutput of(
            ModelTask task, List<Seen> outputs, Evidence evidence, Told told, Optional<ValueRange> otherwise) {
        Seen seen = only(task, outputs, told);
        String what = "its output " + Refusal.shown(seen.output());
        if (!seen.finite()) {
            throw Unfit.forTask(task, what + " has values that are no finite numbers");
        }
        PictureFacts facts = PictureFacts.of(what, seen.shape(), evidence.ofOutput(seen.output()), told);
        Optional<ValueRange> made = evidence.outputRange(seen.output());
        if (told.outputRange().isPresent()) {
            return new PictureOutput(seen, facts, told.outputRange().get(), "as told");
        }
        if (made.isPresent()) {
            return new PictureOutput(seen, facts, made.get(), "from the operator before it");
        }
        ValueRange range = otherwise
                .or(told::range)
                .orElseThrow(() -> Unfit.undecided(
                        "--range",
                        "0..255|0..1|-1..1",
                        "The values of " + what + " cannot be told: no Tanh, Sigmoid or Clip makes them"));
        return new PictureOutput(seen, facts, range, otherwise.isPresent() ? "as of the input" : "as told");
    }

    private static Seen only(ModelTask task, List<Seen> outputs, Told told) {
        List<Seen> named = Terminals.told(outputs, told, "image");
        List<Seen> pictures = (named.isEmpty() ? outputs : named)
                .stream()
                        .filter(seen -> seen.floats()
                                && seen.shape().size() == 4
                                && seen.shape().getFirst() == 1)
                        .toList();
        if (pictures.isEmpty()) {
            throw Unfit.forTask(task, "none of its outputs is a picture (float32, four axes, a row for each input)");
        }
        if (pictures.size() > 1) {
            throw Unfit.undecided(
                    "--role",
                    "NAME=image",
                    "Which output is the picture cannot be told: "
                            + String.join(
                                    ", ",
                                    pictures.stream()
                                            .map(seen -> Refusal.shown(seen.output()))
                                            .toList())
                            + " all could be");
        }
        return pictures.getFirst();
    }

    /** All outputs in model.json, this one with these facts. */
    List<TensorSpec> specs(List<Seen> outputs, PictureFacts written, List<Float> mean, List<Float> deviation) {
        return outputs.stream()
                .map(one -> one.equals(seen)
                        ? written.spec(seen.output(), range, mean, deviation)
                        : Terminals.spec(one, "unused"))
                .toList();
    }

    String line() {
        return "gives " + facts.told(seen.output(), range, rangeHow);
    }
}
