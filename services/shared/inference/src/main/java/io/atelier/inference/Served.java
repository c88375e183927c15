package io.atelier.inference;

import io.atelier.models.ModelName;
import io.atelier.models.Promotion;
import java.time.Instant;
import java.util.Optional;

/**
 * What a server knows of one model. Immutable; the server swaps it.
 *
 * @param name the model's name
 * @param promotion the promotion it acted on last
 * @param relevant whether its task is one of the server's
 * @param serving the version that serves
 * @param loadedAt when that was loaded
 * @param problem what is wrong with the promoted version
 */
record Served(
        ModelName name,
        Promotion promotion,
        boolean relevant,
        Optional<LoadedModel> serving,
        Optional<Instant> loadedAt,
        Optional<String> problem) {

    ModelStatus status() {
        ModelStatus.State state = ModelStatus.State.LOADING;
        if (problem.isPresent()) {
            state = ModelStatus.State.BROKEN;
        } else if (serving.isPresent() && serving.get().manifest().version() == promotion.version()) {
            state = ModelStatus.State.READY;
        }
        return new ModelStatus(name, state, serving.map(LoadedModel::manifest), loadedAt, problem);
    }
}
