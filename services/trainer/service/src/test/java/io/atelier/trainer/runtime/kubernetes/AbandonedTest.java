package io.atelier.trainer.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.trainer.domain.JobId;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbandonedTest {
    private final TestCluster cluster = new TestCluster();

    @BeforeEach
    void trainingRuns() {
        cluster.cluster()
                .create(new JobManifest(Plans.bare(Path.of("/work"))).of(Plans.lease(1, "/"), List.of("train")));
        cluster.runs();
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void trainingWithoutAWorkerIsEndedTheSecondTimeItIsSeen() {
        Abandoned abandoned = abandoned(job -> !job.equals(Plans.JOB));
        abandoned.sweep();
        assertThat(cluster.jobs()).hasSize(1);
        abandoned.sweep();
        assertThat(cluster.jobs()).isEmpty();
        await().untilAsserted(() -> assertThat(cluster.pods()).isEmpty()); // the cluster collects them in its own time
    }

    @Test
    void trainingWithAWorkerIsLeftAlone() {
        Abandoned abandoned = abandoned(Plans.JOB::equals);
        abandoned.sweep();
        abandoned.sweep();
        assertThat(cluster.jobs()).hasSize(1);
        assertThat(cluster.pods()).hasSize(1);
    }

    @Test
    void ledgerThatCannotBeAskedEndsNothing() {
        Abandoned abandoned = abandoned(job -> {
            throw new IllegalStateException("no connection");
        });
        abandoned.sweep();
        abandoned.sweep();
        assertThat(cluster.jobs()).hasSize(1);
    }

    private Abandoned abandoned(Predicate<JobId> held) {
        return new Abandoned(cluster.cluster(), held);
    }
}
