package io.atelier.learn.recipe;

import io.atelier.learn.data.Dataset;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.util.Map;

/**
 * A way to train one model.
 *
 * @param <D> what it learns from
 */
public interface Recipe<D extends Dataset> {

    /** The settings its file gives, before any is overridden; {@code name}, {@code title} and {@code model} among them. */
    Settings defaults();

    /** What kind of model it makes. */
    ModelTask task();

    /** The figures of its evaluation that a version can be chosen by. */
    Measures measures();

    /** Reads the data; throws when it cannot be used, saying why. */
    D corpus(Path data);

    /** Builds networks and optimisers, ready for the first step. */
    Work open(WorkContext context, D corpus);

    /**
     * Measures a published version's exported graphs on the held-out data.
     *
     * @param others the models beside it, of which one may serve as judge
     */
    Map<String, Double> evaluate(D corpus, ExportedModel model, ExportedModels others);

    default String name() {
        return defaults().text("name");
    }
}
