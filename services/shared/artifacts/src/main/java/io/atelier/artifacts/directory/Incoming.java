package io.atelier.artifacts.directory;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.stored.Received;
import io.atelier.kernel.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An artifact on its way in.
 *
 * @param info its sidecar if it is new
 * @param source brings its bytes to a staged file
 */
record Incoming(ArtifactInfo info, Source source) {

    static Incoming of(Digest id, NewArtifact artifact) {
        ArtifactInfo info = new ArtifactInfo(id, artifact.mediaType(), artifact.bytes().length, artifact.provenance());
        return new Incoming(info, staged -> Disk.create(staged, artifact.bytes()));
    }

    static Incoming of(ArtifactInfo info, Received upload) {
        return new Incoming(info, staged -> Files.move(upload.file(), staged));
    }

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Source {
        void stage(Path staged) throws IOException;
    }
}
