package io.atelier.trainer.domain;

import java.util.Map;
import java.util.Optional;

/** What an attempt tells, in the order of its work. Nothing follows an {@link Ending}. */
public sealed interface Sign {

    /** A point of the curve: equal trainings tell equal points. */
    record Point(long step, long totalSteps, Map<String, Double> metrics, Optional<RunFile> sample) implements Sign {
        public Point {
            metrics = Map.copyOf(metrics);
        }
    }

    /** How fast it goes; comes about once a second. */
    record Paced(long step, long totalSteps, Pace pace) implements Sign {}

    /** What was done up to this step survives the attempt. */
    record Saved(long step) implements Sign {}

    /** The steps are done, the model is being measured. */
    record Evaluating() implements Sign {}

    /** What was measured. */
    record Evaluated(Map<String, Double> metrics) implements Sign {
        public Evaluated {
            metrics = Map.copyOf(metrics);
        }
    }

    /** The last sign of an attempt. */
    sealed interface Ending extends Sign {}

    /**
     * The model lies in the run.
     *
     * @param folder a model repository that holds nothing but it
     * @param promote whether the recipe's gates let it become the current version
     */
    record Made(RunFile folder, boolean promote) implements Ending {}

    /** It was asked to stop and can be gone on with. */
    record Stopped() implements Ending {}

    /** It cannot succeed, however often it is tried. */
    record Failed(Failure failure) implements Ending {}

    /**
     * The process is gone without a word, killed perhaps.
     *
     * @param traces its exit code and last lines
     */
    record Vanished(String traces) implements Ending {}
}
