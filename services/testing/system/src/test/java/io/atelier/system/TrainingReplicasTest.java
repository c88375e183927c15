package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.kit.Event;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two trainers on one ledger: each job ends once, whoever of them is killed or comes back late. */
@ExtendWith(TrainingSystem.Shared.class)
class TrainingReplicasTest {
    private static final int JOBS = Boolean.getBoolean("atelier.full") ? 12 : 4;

    private final TrainingSystem system;

    TrainingReplicasTest(TrainingSystem system) {
        this.system = system;
    }

    @BeforeAll
    static void startTheOther(TrainingSystem system) {
        system.undisturbed();
        system.other().start();
    }

    @AfterAll
    static void stopTheOther(TrainingSystem system) {
        system.other().stop();
    }

    @BeforeEach
    @AfterEach
    void beginAndEndIdle() {
        system.cancelWhatRuns();
    }

    @Test
    void eachJobEndsOnceWhileOneReplicaIsKilledTwice() {
        TrainingSystem.Trained undisturbed = system.undisturbed();
        List<String> jobs = Stream.generate(
                        () -> system.create(system.files().order("shared")).getId())
                .limit(JOBS)
                .toList();
        for (int kills = 0; kills < 2; kills++) {
            await().atMost(TrainingSystem.PATIENCE)
                    .until(() -> system.other().training().isPresent() || allEnded(jobs));
            system.other().kill();
            system.other().start();
        }
        List<Long> versions = new ArrayList<>();
        for (String job : jobs) {
            assertThat(system.trained(job)).isEqualTo(undisturbed);
            versions.add(system.get(job).getModel().getVersion());
        }
        List<Long> expected = LongStream.rangeClosed(1, JOBS).boxed().toList();
        assertThat(versions).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(system.versions("shared")).isEqualTo(expected);
        List<Event> told = system.events()
                .await(
                        JOBS,
                        TrainingSystem.PATIENCE,
                        event -> event.topic().equals(TrainingSystem.MODELS)
                                && event.key().equals("shared"));
        assertThat(told.stream().map(Event::id).distinct()).hasSize(JOBS);
    }

    @Test
    void replicaThatComesBackAfterItsLeaseWritesNothingAndEndsItsTraining() {
        TrainingSystem.Trained undisturbed = system.undisturbed();
        String id = system.create(system.files().order("paused")).getId();
        system.awaitStep(id, TrainingFiles.CHECKPOINT_EVERY);
        TrainingReplica late = trainer();
        TrainingReplica heir = late == system.one() ? system.other() : system.one();
        ProcessHandle child = late.training().orElseThrow();
        List<ProcessHandle> paused = late.pause();
        TrainingJob ended;
        try {
            ended = heir.awaitEnd(id);
        } finally {
            late.goOn(paused);
        }
        await().atMost(TrainingSystem.PATIENCE).until(() -> !child.isAlive());
        assertThat(ended.getState()).isEqualTo(TrainingState.TRAINING_STATE_SUCCEEDED);
        late.awaitReady();
        assertThat(late.get(id)).isEqualTo(ended);
        assertThat(system.trained(id)).isEqualTo(undisturbed);
        assertThat(system.versions("paused")).containsExactly(1L);
    }

    /** The worst moment: the version is visible, and the other replica is to end the job that made it. */
    @Test
    void replicaThatComesBackWhilePublishingAddsNoSecondVersion() {
        TrainingSystem.Trained undisturbed = system.undisturbed();
        String model = "held";
        String id;
        TrainingReplica late;
        List<ProcessHandle> paused;
        try (ModelLock lock = ModelLock.take(system.models().resolve(model))) {
            id = system.create(system.files().order(model)).getId();
            late = trainer();
            await().atMost(TrainingSystem.PATIENCE)
                    .until(() -> lock.isHeld() && !system.versions(model).isEmpty());
            paused = late.pause();
        }
        TrainingReplica heir = late == system.one() ? system.other() : system.one();
        TrainingJob ended;
        try {
            ended = heir.awaitEnd(id);
        } finally {
            late.goOn(paused);
        }
        late.awaitReady();
        assertThat(system.trained(id)).isEqualTo(undisturbed);
        assertThat(late.get(id)).isEqualTo(ended);
        assertThat(system.versions(model)).containsExactly(1L);
    }

    private TrainingReplica trainer() {
        return await().atMost(TrainingSystem.PATIENCE)
                .until(
                        () -> Stream.of(system.one(), system.other())
                                .filter(replica -> replica.training().isPresent())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private boolean allEnded(List<String> jobs) {
        return jobs.stream().map(system::get).allMatch(job -> TrainingSystem.ENDS.contains(job.getState()));
    }
}
