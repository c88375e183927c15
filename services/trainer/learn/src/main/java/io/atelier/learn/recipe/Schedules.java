package io.atelier.learn.recipe;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.optim.Schedule;
import io.atelier.learn.train.Augmentation;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Sampler;
import java.util.List;

/** Turns a recipe's schedule settings into what the training loop takes. */
final class Schedules {
    static final int MOST_STEPS = 100_000_000;

    private static final int MOST_EPOCHS = 100_000;
    private static final int LARGEST_BATCH = 4096;
    private static final List<String> SHAPES = List.of("constant", "cosine", "step", "one-cycle", "hold-cosine");
    private static final List<String> OPTIMISERS = List.of("gradient-descent", "momentum", "adam", "adamw");

    private Schedules() {}

    static int steps(Settings settings) {
        return settings.whole("schedule.steps", 1, MOST_STEPS);
    }

    /** Pictures of a step; at most those there are. */
    static int batch(Settings settings, int pictures) {
        long batch = settings.whole("schedule.batch");
        if (batch > pictures && batch <= LARGEST_BATCH) {
            throw Settings.refused(
                    "schedule.batch",
                    "1.." + pictures,
                    "is " + batch + ", but there are only " + pictures + " pictures to train on");
        }
        return settings.whole("schedule.batch", 1, LARGEST_BATCH);
    }

    static long classifierSteps(Settings settings, int pictures) {
        int epochs = settings.whole("schedule.epochs", 1, MOST_EPOCHS);
        long steps = (long) epochs * Math.max(1, pictures / batch(settings, pictures));
        if (steps > MOST_STEPS) {
            throw Settings.refused(
                    "schedule.epochs", MOST_STEPS + " steps", "makes " + steps + " steps, more than " + MOST_STEPS);
        }
        return steps;
    }

    static ClassifierLearner.Options classifier(
            Settings settings, LabelledPictures training, long seed, Augmentation augmentation) {
        int batch = batch(settings, training.count());
        return new ClassifierLearner.Options(
                Sampler.epochs(training.count(), batch, seed),
                rate(settings, classifierSteps(settings, training.count())),
                optimiser(settings),
                settings.number("schedule.clip", 0, 1e6),
                settings.number("schedule.smoothing", 0, 0.99),
                augmentation);
    }

    static Schedule rate(Settings settings, long steps) {
        return Schedule.named(
                settings.text("schedule.shape", SHAPES),
                settings.number("schedule.rate", 0, 1000),
                steps,
                settings.number("schedule.last", 0, 1),
                settings.number("schedule.part", 0, 1),
                settings.whole("schedule.warmup", 0, MOST_STEPS));
    }

    private static OptimiserOptions optimiser(Settings settings) {
        OptimiserOptions.Kind kind = OptimiserOptions.Kind.byId(settings.text("schedule.optimiser", OPTIMISERS));
        return new OptimiserOptions(kind, 0.9, 0.999, 1e-8, settings.number("schedule.weightDecay", 0, 1000));
    }

    /** The rhythm of a classifier's training: a validation each epoch. */
    static LoopOptions classifierLoop(Settings settings, int pictures, long seed) {
        int training = pictures - settings.whole("data.validation", 0, pictures - 1);
        long steps = classifierSteps(settings, training);
        return new LoopOptions(
                steps,
                seed,
                20,
                settings.whole("schedule.checkpointEvery", 0, MOST_STEPS),
                0,
                Math.max(1, steps / settings.whole("schedule.epochs", 1, MOST_EPOCHS)),
                "val_accuracy",
                settings.whole("schedule.patience", 0, 10_000));
    }
}
