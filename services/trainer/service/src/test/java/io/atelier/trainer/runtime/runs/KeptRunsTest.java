package io.atelier.trainer.runtime.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.objects.OneS3Server;
import io.atelier.kit.objects.S3Server;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.Sign;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRunsTest {
    private static final Path POD = Path.of("/scratch/run");

    @TempDir
    private Path work;

    @TempDir
    private Path pod;

    private final String prefix = OneS3Server.freshPrefix();
    private final ObjectStore objects = OneS3Server.get().store(prefix, ErrorCode.RUNS_UNAVAILABLE);
    private final String address = S3Server.address(prefix);

    private Runs here() {
        return new KeptRuns(objects, address, new RunFolders(work), Optional.empty());
    }

    private Runs cluster() {
        return new KeptRuns(objects, address, new RunFolders(work), Optional.of(POD));
    }

    /** What a training program does. */
    private void keep(JobId job, long epoch, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = pod.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
        new KeptFolder(objects, job + "/" + epoch + "/", ErrorCode.RUNS_UNAVAILABLE).keep(pod, path -> true);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        objects.list("", object -> keys.add(object.key()));
        return keys;
    }

    @Test
    void firstAttemptKeepsItsRunInAPlaceOfItsOwn() {
        Job job = Jobs.fresh(Optional.empty());
        Run run = here().prepare(job, 1);
        assertThat(run.folder()).isEmptyDirectory();
        assertThat(run.arguments()).containsExactly("--kept", address + job.id() + "/1/");
    }

    @Test
    void nextAttemptBeginsWithWhatTheLatestHasKept() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        keep(job.id(), 2, Map.of("settings.json", "{}"));
        keep(job.id(), 10, Map.of("settings.json", "{}"));
        objects.put(job.id() + "/11/files/" + "0".repeat(64), new byte[0]); // died before it had kept anything
        assertThat(here().prepare(job, 12).arguments())
                .containsExactly("--kept", address + job.id() + "/12/", "--from", address + job.id() + "/10/");
        assertThat(here().prepare(job, 10).arguments())
                .as("a start that is repeated")
                .endsWith("--from", address + job.id() + "/2/");
    }

    @Test
    void whatAPodTellsOfIsFetchedWhenItIsOpened() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        Run run = cluster().prepare(job, 1);
        keep(job.id(), 1, Map.of("samples/step-000000020.png", "picture", "made/tiny/1/model.json", "{}", "other", ""));
        assertThat(run.folder()).isEqualTo(POD);
        assertThat(run.file(POD.resolve("samples/step-000000020.png")).open()).hasContent("picture");
        assertThat(run.file(run.made()).open().resolve("tiny/1/model.json")).hasContent("{}");
        assertThat(work.resolve(job.id() + "/1/other")).doesNotExist();
    }

    @Test
    void pointsThatNobodyWroteDownAreToldFromTheStore() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        keep(
                job.id(),
                2,
                Map.of(
                        "metrics.jsonl",
                        "{\"step\":20,\"loss\":0.5}\n{\"step\":40,\"loss\":0.4}\n",
                        "samples/step-000000020.png",
                        "told",
                        "samples/step-000000040.png",
                        "untold"));
        SignReader reader = new SignReader(cluster().of(job.id(), 2), new Report(20, 80, Map.of(), Optional.empty()));
        assertThat(reader.read("{\"type\":\"started\",\"step\":40,\"steps\":80}"))
                .singleElement()
                .isInstanceOfSatisfying(Sign.Point.class, point -> {
                    assertThat(point.step()).isEqualTo(40);
                    assertThat(point.sample().orElseThrow().open()).hasContent("untold");
                });
        assertThat(work.resolve(job.id() + "/2/samples/step-000000020.png")).doesNotExist();
    }

    @Test
    void fileForAPodIsPutIntoTheStoreAndOneForThisMachineIsNot() throws IOException {
        Job job = Jobs.fresh(Optional.empty());
        byte[] bytes = "PK".getBytes(StandardCharsets.UTF_8);
        String given = cluster().prepare(job, 1).take("data.zip", new ByteArrayInputStream(bytes));
        assertThat(given).isEqualTo(address + job.id() + "/1/given/data.zip");
        assertThat(objects.read(job.id() + "/1/given/data.zip", 10)
                        .orElseThrow()
                        .bytes())
                .isEqualTo(bytes);
        String here = here().prepare(job, 2).take("data.zip", new ByteArrayInputStream(bytes));
        assertThat(Path.of(here)).hasContent("PK");
    }

    @Test
    void sweepRemovesTheRunsOfEndedJobsThatNobodyHasTouched() throws IOException {
        Job over = Jobs.fresh(Optional.empty());
        Job unfinished = Jobs.fresh(Optional.empty());
        keep(over.id(), 1, Map.of("a", ""));
        keep(unfinished.id(), 1, Map.of("a", ""));
        objects.put("notes/2026/index", new byte[0]);
        Duration week = Duration.ofDays(7);
        assertThat(cluster().sweep(week, Instant.now(), id -> true)).isZero();
        Instant later = Instant.now().plus(Duration.ofDays(8));
        assertThat(cluster().sweep(week, later, over.id()::equals)).isOne();
        assertThat(keys()).hasSize(3).noneMatch(key -> key.startsWith(over.id().toString()));
    }
}
