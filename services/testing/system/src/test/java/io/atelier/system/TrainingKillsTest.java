package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is killed and whenever, a job reaches what it would have reached undisturbed, and publishes it once. */
@ExtendWith(TrainingSystem.Shared.class)
class TrainingKillsTest {
    private static final int SAMPLE = 4;
    private static final int CAMPAIGN = 20;
    private static final String MODEL = "killed";
    private static final long SEED = 20_260_301;

    private final TrainingSystem system;

    TrainingKillsTest(TrainingSystem system) {
        this.system = system;
    }

    @BeforeEach
    @AfterEach
    void beginAndEndIdle() {
        system.cancelWhatRuns();
    }

    static Stream<TrainingKill> kills() {
        return TrainingKill.drawn(Boolean.getBoolean("atelier.full") ? CAMPAIGN : SAMPLE, SEED).stream();
    }

    @ParameterizedTest
    @MethodSource("kills")
    void killedTrainingEndsAsAnUndisturbedOne(TrainingKill kill) {
        TrainingSystem.Trained undisturbed = system.undisturbed();
        int before = system.versions(MODEL).size();
        String id = system.create(system.files().order(MODEL)).getId();
        kill.strike(system, id, MODEL);
        assertThat(system.trained(id)).isEqualTo(undisturbed);
        assertThat(system.versions(MODEL))
                .as("one more version, without gaps")
                .isEqualTo(LongStream.rangeClosed(1, before + 1L).boxed().toList());
        assertThat(system.get(id).getModel().getVersion()).isEqualTo(before + 1L);
    }
}
