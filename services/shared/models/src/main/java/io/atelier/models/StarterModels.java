package io.atelier.models;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Brings the models that ship with a release into a repository. The starters' folder is itself a repository, {@code
 * <name>/<version>/model.json}, so that the trainer can publish into it.
 */
public final class StarterModels {
    private StarterModels() {}

    /**
     * Publishes each starter whose digest the repository does not have under its name as that model's next version; a
     * pinned model stays pinned, and a version that was there before keeps its number. Doing it again, or in several
     * processes at once, changes nothing more.
     *
     * @return what was published now
     * @throws io.atelier.kernel.ProblemException BROKEN_PACKAGE or UNREADABLE_MANIFEST for a damaged starter, before
     *     any is published
     */
    public static List<ModelPackage> publish(ModelRepository starters, ModelRepository repository) {
        List<ModelPackage> found = new ArrayList<>();
        for (ModelName name : starters.names()) {
            for (long version : starters.versions(name)) {
                ModelPackage starter = starters.open(new ModelRef(name, OptionalLong.of(version)));
                starters.verify(starter);
                found.add(starter);
            }
        }
        List<ModelPackage> published = new ArrayList<>();
        for (ModelPackage starter : found) {
            List<Long> before = repository.versions(starter.manifest().name());
            ModelPackage placed = repository.publishIfNew(ModelDraft.of(starter), true);
            if (!before.contains(placed.manifest().version())) {
                published.add(placed);
            }
        }
        return published;
    }
}
