package io.atelier.learn.recipe;

import io.atelier.learn.data.Corpus;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import java.nio.file.Path;
import java.util.Map;

/** A way to train one model. */
public interface Recipe {

    /** The settings its file gives, before any is overridden; {@code name}, {@code title} and {@code model} among them. */
    Settings defaults();

    /** Reads the data; throws when it cannot be used, saying why. */
    Corpus corpus(Path data);

    /** Builds networks and optimisers, ready for the first step. */
    Work open(WorkContext context, Corpus corpus);

    /**
     * Measures a published version's exported graphs on the held-out data.
     *
     * @param others the models beside it, of which one may serve as judge
     */
    Map<String, Double> evaluate(Corpus corpus, ExportedModel model, ExportedModels others);

    default String name() {
        return defaults().text("name");
    }
}
