package io.atelier.learn.recipe;

import io.atelier.learn.train.Learner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Progress;
import io.atelier.learn.train.RunFolder;
import io.atelier.learn.train.TrainingLoop;

/** A training that an evaluation needs, in a folder of its own within the run, so that it too can be resumed. */
final class SideTraining {
    private SideTraining() {}

    /** Trains to the end; throws when a stop was asked for. */
    static <L extends Learner> L trained(WorkContext context, String name, L learner, LoopOptions rhythm) {
        Progress progress = Progress.onConsole(name);
        try (RunFolder run = RunFolder.open(context.run().file(name), progress)) {
            TrainingLoop loop = new TrainingLoop(context.engine(), rhythm, run, progress, context.stop());
            if (loop.run(learner) == TrainingLoop.End.INTERRUPTED) {
                throw new StoppedException();
            }
            return learner;
        }
    }
}
