package io.atelier.trainer.runtime.data;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.TrainingData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Archives that were put through ArtifactService, named {@code artifact:} and their id. Anything else is left to others. */
public final class UploadedArchives implements TrainingData {
    private static final int PEEK = 4;

    private final ArtifactStore artifacts;
    private final TrainingData others;

    public UploadedArchives(ArtifactStore artifacts, TrainingData others) {
        this.artifacts = artifacts;
        this.others = others;
    }

    @Override
    public void check(String data) {
        if (data.startsWith(UPLOADED)) {
            extension(id(data));
        } else {
            others.check(data);
        }
    }

    @Override
    public String open(String data, Handover handover) {
        if (!data.startsWith(UPLOADED)) {
            return others.open(data, handover);
        }
        Digest id = id(data);
        String name = "data" + extension(id);
        try (InputStream bytes = artifacts.open(id, 0)) {
            return handover.take(name, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Digest id(String data) {
        String hex = data.substring(UPLOADED.length());
        if (!Digest.isValid(hex)) {
            throw Problem.field(
                            ErrorCode.MALFORMED_ID,
                            "data",
                            "artifact: and 64 lower-case hex digits",
                            "Uploaded data is named artifact: and the id that ArtifactService answered.")
                    .exception();
        }
        return new Digest(hex);
    }

    /** Readers tell archives by their names, so an upload gets the name that its first bytes call for. */
    private String extension(Digest id) {
        try (InputStream bytes = artifacts.open(id, 0)) {
            byte[] head = bytes.readNBytes(PEEK);
            if (head.length == PEEK && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
                return ".zip";
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw Problem.field(
                        ErrorCode.DATA_CORRUPT,
                        "data",
                        "a .zip archive",
                        "The artifact " + id.hex() + " is no .zip archive; upload the data as one.")
                .exception();
    }
}
