package io.atelier.trainer.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.RunFile;
import io.atelier.trainer.domain.Sign;
import io.atelier.trainer.runtime.data.DataRoots;
import io.atelier.trainer.runtime.runs.RunFolders;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of an attempt against an API server that keeps what it is given; no kubelet runs anything here. */
class KubernetesRunnerTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Patience PATIENT = new Patience(SHORT, LONG, LONG, LONG, Duration.ofSeconds(2), LONG);

    private final TestCluster cluster = new TestCluster();

    @TempDir
    private Path work;

    private Lease lease = Plans.lease(1, "/");

    @BeforeEach
    void dataIsThere() throws IOException {
        lease = Plans.lease(1, Files.createDirectory(work.resolve("tiles")).toString());
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void logBecomesSignsThoughEveryConnectionIsCut() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.runs();
            cluster.says("Picked up something that is no sign");
            for (int step = 1; step <= 6; step++) {
                cluster.says("{\"type\":\"checkpoint\",\"step\":" + step + "}");
                assertThat(next(attempt)).isEqualTo(new Sign.Saved(step));
            }
            cluster.says("{\"type\":\"published\",\"promoted\":true}");
            assertThat(next(attempt)).isEqualTo(new Sign.Evaluated(Map.of()));
            assertThat(next(attempt))
                    .isEqualTo(new Sign.Made(RunFile.at(folder(1).resolve("made")), true));
            cluster.ends("Completed", 0);
            assertThat(attempt.next(Duration.ofMillis(200))).isEmpty();
        }
        assertThat(cluster.requests)
                .filteredOn(request -> request.contains("sinceTime="))
                .isNotEmpty();
        assertThat(cluster.jobs())
                .as("an ended Job stays until its time is over")
                .hasSize(1);
    }

    @Test
    void logOfATrainingThatEndedBeforeItWasSeenIsReadWhole() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.says("{\"type\":\"checkpoint\",\"step\":5}");
            cluster.says("{\"type\":\"failed\",\"code\":\"ATELIER-TRAINING-0009\",\"message\":\"nan\"}");
            cluster.placed(new PodStatusBuilder().withPhase("Failed").build());
            assertThat(untilEnd(attempt))
                    .hasSize(2)
                    .last()
                    .isInstanceOfSatisfying(
                            Sign.Failed.class,
                            failed -> assertThat(failed.failure().code()).isEqualTo("ATELIER-TRAINING-0009"));
        }
    }

    @Test
    void trainingThatIsAskedToStopGetsItsGraceAndTellsThatItStopped() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.runs();
            cluster.says("{\"type\":\"checkpoint\",\"step\":5}");
            assertThat(next(attempt)).isEqualTo(new Sign.Saved(5));
            cluster.says("{\"type\":\"stopped\",\"step\":5}");
            attempt.stop();
            assertThat(untilEnd(attempt)).last().isEqualTo(new Sign.Stopped());
        }
        assertThat(deletions())
                .anySatisfy(request -> assertThat(request).contains("/pods/", "\"gracePeriodSeconds\":20"));
        assertThat(deletions()).anySatisfy(request -> assertThat(request).contains("/jobs/", "\"Background\""));
    }

    @Test
    void trainingThatIsStoppedBeforeItBeganHasStopped() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.placed(TestCluster.unschedulable("0/3 nodes are available"));
            attempt.stop();
            assertThat(untilEnd(attempt)).containsExactly(new Sign.Stopped());
        }
    }

    @Test
    void closedAttemptLeavesNothing() throws InterruptedException {
        Attempt attempt = runner(PATIENT).start(lease);
        cluster.runs();
        cluster.says("{\"type\":\"checkpoint\",\"step\":5}");
        assertThat(next(attempt)).isEqualTo(new Sign.Saved(5));
        attempt.close();
        assertThat(cluster.jobs()).isEmpty();
        assertThat(cluster.pods()).isEmpty();
        assertThat(deletions())
                .anySatisfy(request -> assertThat(request).contains("/pods/", "\"gracePeriodSeconds\":0"));
    }

    @Test
    void podThatIsTakenAwayIsToldWithTheLastWords() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.runs();
            cluster.says("a fatal error has been detected");
            cluster.says("{\"type\":\"checkpoint\",\"step\":5}");
            assertThat(next(attempt)).isEqualTo(new Sign.Saved(5));
            cluster.removeJob();
            cluster.removePod();
            assertThat(vanished(attempt)).contains("gone from the cluster").contains("a fatal error");
        }
    }

    @Test
    void containerKilledForWantOfMemoryFailsWithAdvice() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.runs();
            cluster.ends("OOMKilled", 137);
            assertFailed(attempt, ErrorCode.OUT_OF_MEMORY, "8704 MiB", "atelier.trainer.memory");
        }
    }

    @Test
    void evictedPodIsGoneOnWith() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.runs();
            cluster.becomes(new PodStatusBuilder()
                    .withPhase("Failed")
                    .withReason("Evicted")
                    .withMessage("low on resource: ephemeral-storage")
                    .build());
            assertThat(vanished(attempt)).contains("evicted: low on resource").contains("scratch");
        }
    }

    @Test
    void preemptedPodIsGoneOnWith() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.runs();
            cluster.becomes(new PodStatusBuilder()
                    .withPhase("Failed")
                    .addNewCondition()
                    .withType("DisruptionTarget")
                    .withStatus("True")
                    .withReason("PreemptionByScheduler")
                    .endCondition()
                    .build());
            assertThat(vanished(attempt)).contains("PreemptionByScheduler");
        }
    }

    @Test
    void containerThatDiesIsGoneOnWith() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.runs();
            cluster.says("SIGSEGV");
            cluster.ends("Error", 134);
            assertThat(vanished(attempt)).contains("code 134").contains("SIGSEGV");
        }
    }

    @Test
    void imageThatIsNotThereFailsOnceItsTimeIsUp() throws InterruptedException {
        try (Attempt attempt = runner(impatient()).start(lease)) {
            cluster.placed(TestCluster.waiting("ImagePullBackOff", "Back-off pulling image learn"));
            assertFailed(attempt, ErrorCode.CLUSTER_REFUSED, "Back-off pulling image learn", "pull-secrets");
        }
        assertThat(cluster.jobs()).as("nothing waits for the image any more").isEmpty();
    }

    @Test
    void podThatNoNodeTakesFailsOnceItsTimeIsUp() throws InterruptedException {
        try (Attempt attempt = runner(impatient()).start(lease)) {
            cluster.placed(TestCluster.unschedulable("0/3 nodes are available: 3 Insufficient nvidia.com/gpu"));
            assertFailed(attempt, ErrorCode.CLUSTER_REFUSED, "3 Insufficient nvidia.com/gpu", "node-selector");
        }
    }

    @Test
    void podThatANodeTakesInTimeTrains() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.placed(TestCluster.unschedulable("0/3 nodes are available"));
            assertThat(attempt.next(Duration.ofMillis(100))).isEmpty();
            cluster.becomes(TestCluster.running());
            cluster.says("{\"type\":\"evaluating\"}");
            assertThat(next(attempt)).isEqualTo(new Sign.Evaluating());
        }
    }

    @Test
    void trainingThatItsQueueNeverAdmitsFails() throws InterruptedException {
        Patience shortQueue = new Patience(SHORT, SHORT, LONG, LONG, SHORT, LONG);
        try (Attempt attempt = runner(shortQueue).start(lease)) {
            cluster.change(job ->
                    new JobBuilder(job).editSpec().withSuspend(true).endSpec().build());
            assertFailed(attempt, ErrorCode.CLUSTER_REFUSED, "queue");
        }
    }

    @Test
    void trainingThatRunsTooLongFails() throws InterruptedException {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            cluster.change(job -> new JobBuilder(job)
                    .editOrNewStatus()
                    .addNewCondition()
                    .withType("Failed")
                    .withStatus("True")
                    .withReason("DeadlineExceeded")
                    .endCondition()
                    .endStatus()
                    .build());
            assertFailed(attempt, ErrorCode.DEADLINE, "run-limit");
        }
    }

    @Test
    void secondStartOfAnAttemptAdoptsItsJobAndItsFolder() throws IOException, InterruptedException {
        Attempt first = runner(PATIENT).start(lease);
        Files.writeString(folder(1).resolve("kept"), "by the pod");
        try (Attempt second = runner(PATIENT).start(lease)) {
            cluster.runs();
            cluster.says("{\"type\":\"evaluating\"}");
            assertThat(next(second)).isEqualTo(new Sign.Evaluating());
            assertThat(cluster.jobs()).hasSize(1);
            assertThat(folder(1).resolve("kept")).exists();
        }
        first.close();
    }

    @Test
    void nextAttemptEndsTheOneBeforeAndBeginsWithWhatItKept() throws IOException {
        Attempt orphan = runner(PATIENT).start(lease);
        cluster.runs();
        Files.writeString(folder(1).resolve("checkpoint"), "5 steps");
        Lease next = new Lease(lease.job(), 2);
        try (Attempt attempt = runner(PATIENT).start(next)) {
            assertThat(cluster.jobs())
                    .extracting(job -> job.getMetadata().getName())
                    .containsExactly(JobManifest.name(Plans.JOB, 2));
            assertThat(cluster.pods()).isEmpty();
            assertThat(folder(2).resolve("checkpoint")).hasContent("5 steps");
            assertThat(attempt).isNotNull();
        }
        orphan.close();
    }

    @Test
    void jobThatTheClusterRefusesFailsWithItsReason() {
        cluster.refuse("pods are forbidden: exceeded quota");
        assertThatThrownBy(() -> runner(PATIENT).start(lease))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.CLUSTER_REFUSED))
                .hasMessageContaining("exceeded quota");
    }

    @Test
    void clusterOutOfReachIsNoRefusal() {
        cluster.away = true;
        assertThatThrownBy(() -> runner(PATIENT).start(lease))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        away -> assertThat(away.problem().code()).isEqualTo(ErrorCode.CLUSTER_UNAVAILABLE));
        cluster.away = false;
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            assertThat(attempt).isNotNull();
            assertThat(cluster.jobs()).hasSize(1);
        }
    }

    @Test
    void wholeLifeNeedsNoMoreRightsThanTheGuideGrants() throws InterruptedException {
        Attempt attempt = runner(PATIENT).start(lease);
        cluster.runs();
        cluster.says("{\"type\":\"evaluating\"}");
        assertThat(next(attempt)).isEqualTo(new Sign.Evaluating());
        attempt.stop();
        attempt.close();
        String jobs = "/apis/batch/v1/namespaces/atelier/jobs";
        String pods = "/api/v1/namespaces/atelier/pods";
        assertThat(cluster.requests)
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request)
                        .matches("(?s)(POST|GET) " + jobs + "[ ?].*|(GET|DELETE) " + jobs + "/.*" + "|GET " + pods
                                + "\\?.*|DELETE " + pods + "/.*|GET " + pods + "/[^/?]+/log\\?.*")
                        .doesNotContain("watch="));
    }

    @Test
    void trainingFindsEverythingWhereTheServiceHasIt() {
        try (Attempt attempt = runner(PATIENT).start(lease)) {
            Job job = cluster.jobs().getFirst();
            List<String> command = job.getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getCommand();
            assertThat(command)
                    .containsSubsequence("train", "gan-tiles", "--reports", "--resume")
                    .containsSubsequence("--data", work.resolve("tiles").toString())
                    .containsSubsequence("--out", folder(1).toString())
                    .containsSubsequence("--device", "cpu");
            assertThat(attempt).isNotNull();
        }
    }

    private static Patience impatient() {
        return new Patience(SHORT, LONG, Duration.ofMillis(100), LONG, SHORT, LONG);
    }

    private KubernetesRunner runner(Patience patience) {
        return new KubernetesRunner(
                cluster.cluster(),
                Plans.bare(work),
                patience,
                new RunFolders(work),
                new DataRoots(List.of(work)),
                work.resolve("models").toString(),
                InstantSource.system());
    }

    private Path folder(long epoch) {
        return work.resolve(Plans.JOB.toString()).resolve(Long.toString(epoch));
    }

    private List<String> deletions() {
        return cluster.requests.stream()
                .filter(request -> request.startsWith("DELETE "))
                .toList();
    }

    private static Sign next(Attempt attempt) throws InterruptedException {
        return attempt.next(LONG).orElseThrow();
    }

    private static List<Sign> untilEnd(Attempt attempt) throws InterruptedException {
        List<Sign> signs = new ArrayList<>();
        do {
            signs.add(next(attempt));
        } while (!(signs.getLast() instanceof Sign.Ending));
        return signs;
    }

    private static String vanished(Attempt attempt) throws InterruptedException {
        return ((Sign.Vanished) untilEnd(attempt).getLast()).traces();
    }

    private static void assertFailed(Attempt attempt, ErrorCode code, String... words) throws InterruptedException {
        assertThat(untilEnd(attempt)).last().isInstanceOfSatisfying(Sign.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(code.id());
            assertThat(failed.failure().message()).contains(words);
        });
    }
}
