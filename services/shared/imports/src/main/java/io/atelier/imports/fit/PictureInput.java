package io.atelier.imports.fit;

import io.atelier.imports.onnx.OnnxModel;
import io.atelier.imports.onnx.OnnxValue;
import io.atelier.imports.onnx.Refusal;
import io.atelier.inference.trial.Feed;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A picture that goes in.
 *
 * @param range of its values before mean and deviation
 * @param rangeHow how the range was found
 */
record PictureInput(String name, PictureFacts facts, ValueRange range, String rangeHow, Told told) {

    /** The only input of a model that takes a picture. */
    static PictureInput of(ModelTask task, OnnxModel model, Evidence evidence, Told told) {
        OnnxValue input = Terminals.onlyInput(task, model);
        String what = "its input " + Refusal.shown(input.name());
        List<Long> shape = Terminals.floats(task, what, input);
        if (shape.size() != 4) {
            throw Unfit.forTask(task, what + " has the axes " + PictureFacts.axes(shape) + ", and pictures have four");
        }
        PictureFacts facts = PictureFacts.of(what, shape, evidence.ofInput(input.name()), told);
        requireCount("--mean", told.mean(), facts.channels());
        requireCount("--std", told.deviation(), facts.channels());
        Optional<ValueRange> seen = evidence.inputRange(input.name());
        Optional<ValueRange> mean = rangeOfMean(told);
        if (told.range().isPresent()) {
            return new PictureInput(input.name(), facts, told.range().get(), "as told", told);
        }
        if (mean.isPresent()) {
            return new PictureInput(input.name(), facts, mean.get(), "from --mean", told);
        }
        ValueRange range = seen.orElseThrow(() -> Unfit.undecided(
                "--range",
                "0..255|0..1|-1..1",
                "The values of " + what + " cannot be told: nothing the graph does first to them tells their range"));
        return new PictureInput(input.name(), facts, range, "from the operator after it", told);
    }

    private static void requireCount(String option, List<Float> perChannel, long channels) {
        if (!perChannel.isEmpty() && perChannel.size() != channels) {
            throw Unfit.undecided(
                    option,
                    "with " + channels + " numbers",
                    "The model's pictures have " + channels + " channels, and " + option + " has " + perChannel.size()
                            + " numbers");
        }
    }

    /** A mean above 1 is one of bytes; one within 0 and 1 is one of light. */
    private static Optional<ValueRange> rangeOfMean(Told told) {
        if (told.mean().isEmpty()) {
            return Optional.empty();
        }
        double most = told.mean().stream().mapToDouble(Float::doubleValue).max().orElse(0);
        if (most > 1) {
            return Optional.of(ValueRange.BYTES);
        }
        return most > 0 ? Optional.of(ValueRange.UNIT) : Optional.empty();
    }

    PictureInput sized() {
        return new PictureInput(name, facts.sized("its input " + Refusal.shown(name), told), range, rangeHow, told);
    }

    PictureInput sized(long side, long otherSide) {
        PictureFacts known = new PictureFacts(
                facts.layout(),
                facts.channels(),
                facts.names(),
                facts.height() > 0 ? facts.height() : side,
                facts.width() > 0 ? facts.width() : otherSide,
                facts.how());
        return new PictureInput(name, known, range, rangeHow, told);
    }

    /** Values over the whole range, as the model takes them. */
    Feed feed(ModelTask task, long rows) {
        double low = IntStream.range(0, (int) facts.channels())
                .mapToDouble(channel -> value(range.low(), channel))
                .min()
                .orElse(range.low());
        double high = IntStream.range(0, (int) facts.channels())
                .mapToDouble(channel -> value(range.high(), channel))
                .max()
                .orElse(range.high());
        return Feed.floats(name, Terminals.bounded(task, name, facts.shape(rows)), low, high);
    }

    private double value(double scaled, int channel) {
        double mean = told.mean().isEmpty() ? 0 : told.mean().get(channel);
        double deviation = told.deviation().isEmpty() ? 1 : told.deviation().get(channel);
        return (scaled - mean) / deviation;
    }

    TensorSpec spec() {
        return facts.spec(name, range, told.mean(), told.deviation());
    }

    String line() {
        return "takes " + facts.told(name, range, rangeHow)
                + (told.mean().isEmpty() ? "" : ", less " + told.mean())
                + (told.deviation().isEmpty() ? "" : ", over " + told.deviation());
    }
}
