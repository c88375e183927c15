package io.atelier.learn.train;

import io.atelier.kernel.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Something that happened in a training. Each is told before what follows it begins. */
public sealed interface TrainingEvent {

    /**
     * The first step of this process comes next.
     *
     * @param step steps done before; above 0 in a resumed run
     * @param steps steps in all
     * @param device what it trains on, such as cpu or cuda:0
     * @param seed the run's seed
     */
    record Started(long step, long steps, String device, long seed) implements TrainingEvent {}

    /** A step is done; told of every one, with losses and rates. */
    record Stepped(long step, long steps, Map<String, Double> values) implements TrainingEvent {}

    /**
     * A point of the curve. Equal runs have equal points at equal steps, killed and resumed ones too.
     *
     * @param metrics losses, rates and what was validated, by name; no times
     * @param sample the picture of what it makes by now, where one was made
     */
    record Point(long step, long steps, Map<String, Double> metrics, Optional<Path> sample) implements TrainingEvent {}

    /** A checkpoint is on disk. */
    record Checkpointed(long step) implements TrainingEvent {}

    /**
     * The last step is done.
     *
     * @param early whether for want of progress
     */
    record Trained(long step, boolean early) implements TrainingEvent {}

    /** The model will be measured next. */
    record Evaluating() implements TrainingEvent {}

    /** The model is measured and will be published next. */
    record Evaluated(Map<String, Double> metrics) implements TrainingEvent {}

    /**
     * The model is published.
     *
     * @param model name@version
     * @param promoted whether that is now the current version
     * @param notPromotedBecause why not
     * @param metrics what was measured
     */
    record Published(String model, boolean promoted, Optional<String> notPromotedBecause, Map<String, Double> metrics)
            implements TrainingEvent {}

    /** It was asked to stop; the last step done is in a checkpoint. */
    record Stopped(long step) implements TrainingEvent {}

    /** It ended without a model. */
    record Failed(Problem problem) implements TrainingEvent {}

    /** A line for a person. */
    record Note(String text) implements TrainingEvent {}
}
