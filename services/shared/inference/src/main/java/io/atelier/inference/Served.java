package io.atelier.inference;

import io.atelier.models.ModelManifest;
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
 * @param serving the version that serves, when it is open
 * @param asleep the version that serves, when it is closed until somebody asks for it
 * @param loadedAt when what is open was loaded
 * @param problem what is wrong with the promoted version
 */
record Served(
        ModelName name,
        Promotion promotion,
        boolean relevant,
        Optional<LoadedModel> serving,
        Optional<ModelManifest> asleep,
        Optional<Instant> loadedAt,
        Optional<String> problem) {

    ModelStatus status() {
        ModelStatus.State state = ModelStatus.State.LOADING;
        if (problem.isPresent()) {
            state = ModelStatus.State.BROKEN;
        } else if (manifest()
                .filter(one -> one.version() == promotion.version())
                .isPresent()) {
            state = ModelStatus.State.READY;
        }
        return new ModelStatus(name, state, manifest(), loadedAt, problem);
    }

    /** What is known of a model before it serves. */
    static Served begun(ModelName name, Promotion promotion) {
        return new Served(
                name, promotion, true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A model whose task is another service's. */
    static Served irrelevant(ModelName name, Promotion promotion) {
        return new Served(
                name, promotion, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The version that serves, open or asleep. */
    Optional<ModelManifest> manifest() {
        return serving.map(LoadedModel::manifest).or(() -> asleep);
    }

    boolean serves(ModelManifest other) {
        return manifest()
                .filter(one -> one.version() == other.version() && one.digest().equals(other.digest()))
                .isPresent();
    }

    /** The same model after another promotion; what served goes on. */
    Served following(Promotion next) {
        return new Served(name, next, relevant, serving, asleep, loadedAt, Optional.empty());
    }

    Served open(LoadedModel model, Instant now) {
        return new Served(
                name, promotion, true, Optional.of(model), Optional.empty(), Optional.of(now), Optional.empty());
    }

    /** The same version again, opened because somebody asked. */
    Served awake(LoadedModel model, Instant now) {
        return new Served(name, promotion, relevant, Optional.of(model), Optional.empty(), Optional.of(now), problem);
    }

    Served asleep(ModelManifest manifest) {
        return new Served(
                name, promotion, relevant, Optional.empty(), Optional.of(manifest), Optional.empty(), problem);
    }

    /** What is promoted cannot be used, for this reason. */
    Served broken(String why) {
        return new Served(name, promotion, relevant, serving, asleep, loadedAt, Optional.of(why));
    }

    /** What was asleep cannot be opened any more. */
    Served lost(String why) {
        return new Served(
                name, promotion, relevant, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(why));
    }
}
