package io.atelier.trainer.runtime.runs;

import io.atelier.trainer.domain.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersContractTest extends RunsContract {
    @TempDir
    private Path root;

    @Override
    Runs runs() {
        return new RunFolders(root);
    }

    @Override
    void keep(Run run, String path, String text) throws IOException {
        Path file = run.folder().resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    @Override
    Optional<String> found(Run run, String path) throws IOException {
        Path file = run.folder().resolve(path);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    @Override
    boolean isKept(JobId job, long epoch) {
        return Files.exists(root.resolve(job.toString()).resolve(Long.toString(epoch)));
    }

    @Override
    String taken(String place) throws IOException {
        return Files.readString(Path.of(place));
    }
}
