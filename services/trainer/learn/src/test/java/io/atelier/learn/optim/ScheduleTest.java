package io.atelier.learn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.atelier.kernel.ProblemException;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.ParamStore;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void cosineFallsFromTheRateToItsLastShare() {
        Schedule schedule = Schedule.named("cosine", 2, 101, 0.1, 0, 0);
        assertThat(schedule.at(0)).isEqualTo(2);
        assertThat(schedule.at(50)).isCloseTo(2 * (0.1 + 0.9 / 2), within(1e-9));
        assertThat(schedule.at(100)).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void oneCycleRisesAndFalls() {
        Schedule schedule = Schedule.named("one-cycle", 1, 1001, 0, 0, 0);
        assertThat(schedule.at(0)).isCloseTo(1 / 25.0, within(1e-9));
        assertThat(schedule.at(300)).isCloseTo(1, within(1e-3));
        assertThat(schedule.at(1000)).isLessThan(1e-5);
    }

    @Test
    void holdCosineKeepsTheRateUntilItsLastPart() {
        Schedule schedule = Schedule.named("hold-cosine", 1, 100, 0, 0.25, 0);
        assertThat(schedule.at(74)).isEqualTo(1);
        assertThat(schedule.at(75)).isEqualTo(1);
        assertThat(schedule.at(90)).isLessThan(0.6);
        assertThat(schedule.at(99)).isCloseTo(0, within(1e-9));
    }

    @Test
    void stepwiseDropsTenfold() {
        Schedule schedule = Schedule.named("step", 1, 100, 0, 0.5, 0);
        assertThat(schedule.at(49)).isEqualTo(1);
        assertThat(schedule.at(50)).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void warmUpStartsLow() {
        Schedule schedule = Schedule.named("constant", 1, 100, 0, 0, 10);
        assertThat(schedule.at(0)).isCloseTo(0.1, within(1e-9));
        assertThat(schedule.at(10)).isEqualTo(1);
    }

    @Test
    void unknownShapeIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Schedule.named("zigzag", 1, 1, 0, 0, 0))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("zigzag");
    }

    @Test
    void averageFollowsParametersAndBuffers() {
        try (ParamStore source = store(1);
                ParamStore average = store(0)) {
            new Ema(source, average, 0.75).update(1_000_000);
            assertThat(average.get("w").floats()[0]).isCloseTo(0.25f, within(1e-6f));
            assertThat(average.get("b").floats()[0]).isCloseTo(0.25f, within(1e-6f));
        }
    }

    private static ParamStore store(double value) {
        ParamStore store = new ParamStore(TestEngines.cpu().device(), 1);
        store.trainable("w", Init.constant(value), 1);
        store.buffer("b", Init.constant(value), 1);
        return store;
    }
}
