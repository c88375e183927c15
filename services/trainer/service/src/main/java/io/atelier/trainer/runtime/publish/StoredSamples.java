package io.atelier.trainer.runtime.publish;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.NewArtifact;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Samples in the artifact store. */
public final class StoredSamples implements Samples {
    private static final System.Logger LOG = System.getLogger(StoredSamples.class.getName());
    private static final long MOST_BYTES = 32 << 20;

    private final ArtifactStore artifacts;

    public StoredSamples(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public Optional<Digest> keep(Job job, long step, Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(artifacts
                    .put(new NewArtifact(bytes, "image/png", Optional.empty()))
                    .id());
        } catch (IOException | ProblemException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "job " + job.id() + ": the sample of step " + step + " is not kept",
                    e);
            return Optional.empty();
        }
    }
}
