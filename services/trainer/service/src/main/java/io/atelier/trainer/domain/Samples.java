package io.atelier.trainer.domain;

import io.atelier.kernel.Digest;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the samples of unfinished models, for those who watch. */
@FunctionalInterface
public interface Samples {

    /** Stores a picture and answers its id; nothing when it cannot be stored, for no training fails of a sample. */
    Optional<Digest> keep(Job job, long step, Path file);
}
