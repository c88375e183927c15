package io.atelier.learn.recipe;

import io.atelier.learn.train.Learner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.models.ModelDraft;
import java.nio.file.Path;
import java.util.Map;

/** One training of a recipe. */
public interface Work extends AutoCloseable {

    Learner learner();

    /** What its package keeps to be trained on from, and what it may start from. */
    Weights weights();

    /** How long to train, and how often to look. */
    LoopOptions rhythm();

    /** Measures the trained model by the recipe's own measures, by name. The same training gives the same figures. */
    Map<String, Double> evaluate();

    /** Writes graphs and model card into an empty folder and describes them. */
    ModelDraft export(Path folder, Map<String, Double> metrics);

    @Override
    void close();
}
