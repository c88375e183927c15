package io.atelier.learn.optim;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;

/** The learning rate as a function of the step alone, so that a resumed run has nothing to remember. */
@FunctionalInterface
public interface Schedule {

    /** The learning rate of a step, counted from 0. */
    double at(long step);

    static Schedule constant(double rate) {
        return step -> rate;
    }

    /** Falls from rate to rate x last along half a cosine, ending at the given step. */
    static Schedule cosine(double rate, double last, long steps) {
        return step -> {
            double progress = Math.min(1, (double) step / Math.max(1, steps - 1));
            return rate * (last + (1 - last) * 0.5 * (1 + StrictMath.cos(Math.PI * progress)));
        };
    }

    /** Multiplies by factor every so many steps. */
    static Schedule stepwise(double rate, double factor, long every) {
        return step -> rate * StrictMath.pow(factor, (double) Math.floorDiv(step, every));
    }

    /**
     * Rises from rate / 25 to rate during the first 30 % of steps and falls to rate / 250,000, both along half a cosine.
     *
     * @see <a href="https://arxiv.org/abs/1708.07120">Smith and Topin, Super-convergence</a>
     */
    static Schedule oneCycle(double rate, long steps) {
        return step -> {
            double progress = Math.min(1, (double) step / Math.max(1, steps - 1));
            double peak = 0.3;
            double from = progress < peak ? rate / 25 : rate;
            double to = progress < peak ? rate : rate / 250_000;
            double part = progress < peak ? progress / peak : (progress - peak) / (1 - peak);
            return to + (from - to) * 0.5 * (1 + StrictMath.cos(Math.PI * part));
        };
    }

    /** This schedule, started linearly from 0 over so many steps. */
    default Schedule warmedUp(long warmup) {
        return step -> at(step) * (step < warmup ? (step + 1.0) / warmup : 1);
    }

    /** A constant rate for this many steps, then the next schedule counted from there. */
    static Schedule hold(double rate, long steps, Schedule then) {
        return step -> step < steps ? rate : then.at(step - steps);
    }

    /**
     * A schedule by its name in a recipe.
     *
     * @param shape constant, cosine, step, one-cycle, or hold-cosine: constant, then a cosine over the last part
     * @param rate the highest learning rate
     * @param steps the length of the training
     * @param last what the cosine ends at, as a share of rate
     * @param part the share of steps a hold-cosine falls over, or the share between two steps of a stepwise one
     * @param warmup steps of linear warm-up
     */
    static Schedule named(String shape, double rate, long steps, double last, double part, long warmup) {
        long falling = Math.max(1, Math.round(part * steps));
        Schedule schedule = switch (shape) {
            case "constant" -> constant(rate);
            case "cosine" -> cosine(rate, last, steps);
            case "step" -> stepwise(rate, 0.1, falling);
            case "one-cycle" -> oneCycle(rate, steps);
            case "hold-cosine" -> hold(rate, steps - falling, cosine(rate, last, falling));
            default ->
                throw Problem.field(
                                ErrorCode.OUT_OF_RANGE_FIELD,
                                "schedule.shape",
                                "constant, cosine, step, one-cycle or hold-cosine",
                                "There is no schedule " + shape + ".")
                        .exception();
        };
        return warmup > 0 ? schedule.warmedUp(warmup) : schedule;
    }
}
