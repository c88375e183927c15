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

    /** The rhythm of a training that shows samples and has nothing to validate. */
    static LoopOptions generating(WorkContext context) {
        Settings settings = context.settings();
        return new LoopOptions(
                steps(settings),
                context.seed(),
                50,
                settings.whole("schedule.checkpointEvery"),
                settings.whole("schedule.sampleEvery"),
                0,
                "none",
                0);
    }

    static int steps(Settings settings) {
        return settings.whole("schedule.steps");
    }

    /** Pictures of a step; at most those there are. */
    static int batch(Settings settings, int pictures) {
        int batch = settings.whole("schedule.batch");
        if (batch > pictures) {
            throw Settings.refused(
                    "schedule.batch",
                    "1.." + pictures,
                    "is " + batch + ", but there are only " + pictures + " pictures to train on");
        }
        return batch;
    }

    static long classifierSteps(Settings settings, int pictures) {
        int epochs = settings.whole("schedule.epochs");
        long steps = (long) epochs * Math.max(1, pictures / batch(settings, pictures));
        if (steps > Declarations.MOST_STEPS) {
            throw Settings.refused(
                    "schedule.epochs",
                    Declarations.MOST_STEPS + " steps",
                    "makes " + steps + " steps, more than " + Declarations.MOST_STEPS);
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
        int training = pictures - settings.atMost("data.validation", pictures - 1);
        long steps = classifierSteps(settings, training);
        return new LoopOptions(
                steps,
                seed,
                20,
                settings.whole("schedule.checkpointEvery"),
                0,
                Math.max(1, steps / settings.whole("schedule.epochs")),
                "val_accuracy",
                settings.whole("schedule.patience"));
    }
}
