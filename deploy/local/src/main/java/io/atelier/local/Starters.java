package io.atelier.local;

import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelRepository;
import io.atelier.models.StarterModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens a state's repository the way everybody must: with the starter models in it. */
public final class Starters {
    private Starters() {}

    /**
     * Publishes every starter that is not there yet and answers the repository.
     *
     * @param starters the folder of the starter models; need not exist
     */
    public static ModelRepository open(Path starters, Path repository) {
        ModelRepository models = new DirectoryModelRepository(repository, InstantSource.system());
        if (Files.isDirectory(starters)) {
            StarterModels.publish(new DirectoryModelRepository(starters, InstantSource.system()), models);
        }
        return models;
    }
}
