package io.atelier.trainer.domain;

import java.nio.file.Path;
import java.util.function.LongPredicate;

/** Makes a model that a job has trained a version of the repository's. */
@FunctionalInterface
public interface Publisher {

    /**
     * Publishes the one model in a folder, or answers the version that an earlier attempt at the job has published.
     *
     * @param folder a repository with nothing but the model
     * @param promote whether it becomes the current version
     * @param take asked before a version becomes visible, with its number; nothing is published when it says no
     * @throws io.atelier.kernel.ProblemException when it said no (PUBLISH_CONFLICT), or the repository refuses the
     *     model; UNAVAILABLE while the repository is out of reach
     */
    Published publish(Job job, Path folder, boolean promote, LongPredicate take);
}
