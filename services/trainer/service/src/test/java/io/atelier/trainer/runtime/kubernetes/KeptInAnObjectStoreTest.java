package io.atelier.trainer.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.objects.S3Server;
import io.atelier.s3.S3Location;
import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Sign;
import io.atelier.trainer.runtime.data.DataRoots;
import io.atelier.trainer.runtime.data.ObjectRoots;
import io.atelier.trainer.runtime.runs.KeptRuns;
import io.atelier.trainer.runtime.runs.RunFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training in a pod that shares no volume with the service. */
class KeptInAnObjectStoreTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path work;

    @TempDir
    private static Path credentials;

    private final S3Server server = S3Server.start(credentials);
    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void end() {
        cluster.close();
        server.close();
    }

    @Test
    void podIsToldWhereItsRunIsKeptAndItsModelIsFetchedFromThere() throws IOException, InterruptedException {
        server.store("data/tiles/").put("floor/1.png", new byte[] {1});
        ObjectStore runs = server.store("runs/", ErrorCode.RUNS_UNAVAILABLE);
        keep(runs, 1, "settings.json", "{}");
        try (Attempt attempt = runner(runs).start(Plans.lease(2, "s3://atelier/data/tiles"))) {
            assertThat(cluster.jobs()
                            .getFirst()
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getCommand())
                    .containsSubsequence("--data", "s3://atelier/data/tiles")
                    .containsSubsequence("--out", "/scratch/run")
                    .containsSubsequence("--kept", "s3://atelier/runs/" + Plans.JOB + "/2/")
                    .containsSubsequence("--from", "s3://atelier/runs/" + Plans.JOB + "/1/")
                    .containsSubsequence("--repository", "/scratch/run/made")
                    .containsSubsequence("--models", "s3://atelier/models")
                    .containsSubsequence("--s3-endpoint", "http://store");
            cluster.runs();
            keep(runs, 2, "made/tiles/1/model.json", "{}");
            cluster.says("{\"type\":\"published\",\"promoted\":true,\"metrics\":{}}");
            assertThat(attempt.next(LONG)).containsInstanceOf(Sign.Evaluated.class);
            Sign.Made made = (Sign.Made) attempt.next(LONG).orElseThrow();
            assertThat(made.folder().open().resolve("tiles/1/model.json")).hasContent("{}");
            cluster.ends("Completed", 0);
        }
    }

    /** What the training program does in its pod. */
    private void keep(ObjectStore runs, long epoch, String path, String text) throws IOException {
        Path pod = Files.createTempDirectory(work, "pod");
        Path file = pod.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        new KeptFolder(runs, Plans.JOB + "/" + epoch + "/", ErrorCode.RUNS_UNAVAILABLE).keep(pod, each -> true);
    }

    private KubernetesRunner runner(ObjectStore runs) {
        S3Location data = S3Location.parse("s3://atelier/data").orElseThrow();
        return new KubernetesRunner(
                cluster.cluster(),
                Plans.withoutVolumes(List.of("--s3-endpoint", "http://store")),
                new Patience(Duration.ofMillis(20), LONG, LONG, LONG, Duration.ofSeconds(2), LONG),
                new KeptRuns(runs, "s3://atelier/runs/", new RunFolders(work), Optional.of(JobPlan.RUN)),
                new ObjectRoots(
                        List.of(new ObjectRoots.Root(data, server.store("data/", ErrorCode.RUNS_UNAVAILABLE))),
                        new DataRoots(List.of())),
                "s3://atelier/models",
                InstantSource.system());
    }
}
