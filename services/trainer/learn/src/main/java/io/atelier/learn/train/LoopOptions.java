package io.atelier.learn.train;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;

/**
 * The rhythm of a training. A period of 0 means never.
 *
 * @param steps how many steps to take
 * @param seed the run's seed
 * @param logEvery steps between two lines of metrics
 * @param checkpointEvery steps between two checkpoints
 * @param sampleEvery steps between two sample sheets
 * @param validateEvery steps between two validations
 * @param watched the validation metric that decides what is best; higher is better
 * @param patience validations without a new best before the training stops early
 */
public record LoopOptions(
        long steps,
        long seed,
        long logEvery,
        long checkpointEvery,
        long sampleEvery,
        long validateEvery,
        String watched,
        int patience) {

    public LoopOptions {
        if (steps < 1 || steps > 100_000_000) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "schedule.steps",
                            "1..100000000",
                            "A training takes between 1 and 100,000,000 steps.")
                    .exception();
        }
    }

    static boolean due(long period, long stepsDone) {
        return period > 0 && stepsDone % period == 0;
    }
}
