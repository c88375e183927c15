package io.atelier.learn.recipe;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.optim.Schedule;
import io.atelier.learn.train.Augmentation;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Sampler;

/** Turns a recipe's schedule settings into what the training loop takes. */
final class Schedules {
    private Schedules() {}

    static long classifierSteps(Settings settings, int pictures) {
        return settings.whole("schedule.epochs") * Math.max(1, pictures / settings.whole("schedule.batch"));
    }

    static ClassifierLearner.Options classifier(
            Settings settings, LabelledPictures training, long seed, Augmentation augmentation) {
        int batch = settings.whole("schedule.batch", 1, training.count());
        return new ClassifierLearner.Options(
                Sampler.epochs(training.count(), batch, seed),
                rate(settings, classifierSteps(settings, training.count())),
                optimiser(settings),
                settings.number("schedule.clip"),
                settings.number("schedule.smoothing"),
                augmentation);
    }

    static Schedule rate(Settings settings, long steps) {
        return Schedule.named(
                settings.text("schedule.shape"),
                settings.number("schedule.rate"),
                steps,
                settings.number("schedule.last"),
                settings.number("schedule.part"),
                settings.whole("schedule.warmup"));
    }

    private static OptimiserOptions optimiser(Settings settings) {
        OptimiserOptions.Kind kind = OptimiserOptions.Kind.byId(settings.text("schedule.optimiser"));
        return new OptimiserOptions(kind, 0.9, 0.999, 1e-8, settings.number("schedule.weightDecay"));
    }

    /** The rhythm of a classifier's training: a validation each epoch. */
    static LoopOptions classifierLoop(Settings settings, int pictures, long seed) {
        int training = pictures - (int) settings.whole("data.validation");
        long steps = classifierSteps(settings, training);
        return new LoopOptions(
                steps,
                seed,
                20,
                settings.whole("schedule.checkpointEvery"),
                0,
                Math.max(1, steps / Math.max(1, settings.whole("schedule.epochs"))),
                "val_accuracy",
                settings.whole("schedule.patience", 0, 10_000));
    }
}
