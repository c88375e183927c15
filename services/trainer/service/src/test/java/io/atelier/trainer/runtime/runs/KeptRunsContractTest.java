package io.atelier.trainer.runtime.runs;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.objects.OneS3Server;
import io.atelier.kit.objects.S3Server;
import io.atelier.trainer.domain.JobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The training programs run on other machines, as a cluster's pods do. */
class KeptRunsContractTest extends RunsContract {
    @TempDir
    private Path work;

    @TempDir
    private Path pods;

    private final String prefix = OneS3Server.freshPrefix();
    private final String address = S3Server.address(prefix);
    private final ObjectStore objects = OneS3Server.get().store(prefix, ErrorCode.RUNS_UNAVAILABLE);
    private final Map<String, Path> folders = new HashMap<>();

    @Override
    Runs runs() {
        return new KeptRuns(objects, address, new RunFolders(work), Optional.of(Path.of("/scratch/run")));
    }

    /** The folder of the pod that has this run, with what it fetched when it began. */
    private Path pod(Run run) throws IOException {
        List<String> told = run.arguments();
        String kept = told.get(told.indexOf("--kept") + 1);
        Path folder = folders.get(kept);
        if (folder == null) {
            folder = Files.createTempDirectory(pods, "pod");
            folders.put(kept, folder);
            Path begun = folder;
            Stream.of("--kept", "--from")
                    .filter(told::contains)
                    .map(option -> place(told.get(told.indexOf(option) + 1)))
                    .filter(KeptFolder::any)
                    .findFirst()
                    .ifPresent(place -> place.fetch(begun, path -> true));
        }
        return folder;
    }

    private KeptFolder place(String kept) {
        return new KeptFolder(objects, kept.substring(address.length()), ErrorCode.RUNS_UNAVAILABLE);
    }

    @Override
    void keep(Run run, String path, String text) throws IOException {
        Path folder = pod(run);
        Path file = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        place(run.arguments().get(1)).keep(folder, each -> true);
    }

    @Override
    Optional<String> found(Run run, String path) throws IOException {
        Path file = pod(run).resolve(path);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    @Override
    boolean isKept(JobId job, long epoch) {
        return objects.any(job + "/" + epoch + "/");
    }

    @Override
    String taken(String kept) {
        byte[] bytes = objects.read(kept.substring(address.length()), 100)
                .orElseThrow()
                .bytes();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
