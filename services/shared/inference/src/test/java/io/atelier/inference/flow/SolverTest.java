package io.atelier.inference.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.atelier.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SolverTest {
    private static final double RATE = -1.3;

    /** dx/dt = RATE x, whose solution at time 1 is x exp(RATE). */
    private static final Field DECAY = (values, time) -> scaled(values, (float) RATE);

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private static double error(Solver solver, int steps) {
        return Math.abs(solver.follow(DECAY, new float[] {1}, steps)[0] - Math.exp(RATE));
    }

    @ParameterizedTest
    @EnumSource
    void straightFlowIsFollowedExactlyInOneStepAsInMany(Solver solver) {
        float[] target = {0.5f, -0.25f};
        Field straight = (values, time) -> new float[] {
            (target[0] - values[0]) / (1 - time), (target[1] - values[1]) / (1 - time) // not a number at time 1
        };
        for (int steps : new int[] {1, 2, 7}) {
            assertThat(solver.follow(straight, new float[] {3, -2}, steps))
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(target);
        }
    }

    @Test
    void linearFieldGivesEachMethodsOwnPolynomial() {
        double moved = RATE / 4;
        float[] start = {2, -1};
        double euler = Math.pow(1 + moved, 4);
        double heun = Math.pow(1 + moved + moved * moved / 2, 3) * (1 + moved);
        assertThat(Solver.EULER.follow(DECAY, start, 4)[0]).isCloseTo((float) (2 * euler), within(1e-6f));
        assertThat(Solver.HEUN.follow(DECAY, start, 4)[1]).isCloseTo((float) -heun, within(1e-6f));
        assertThat(start).containsExactly(2, -1);
    }

    @Test
    void twiceTheStepsHalveEulersErrorAndQuarterHeuns() {
        assertThat(error(Solver.EULER, 20) / error(Solver.EULER, 40)).isCloseTo(2, within(0.1));
        assertThat(error(Solver.HEUN, 20) / error(Solver.HEUN, 40)).isCloseTo(4, within(0.2));
        assertThat(error(Solver.HEUN, 6)).isLessThan(error(Solver.EULER, 12));
    }

    @Test
    void timesRunFromZeroAndOneIsNeverAsked() {
        List<Float> asked = new ArrayList<>();
        Field noting = (values, time) -> {
            asked.add(time);
            return new float[values.length];
        };
        Solver.EULER.follow(noting, new float[1], 4);
        assertThat(asked).containsExactly(0f, 0.25f, 0.5f, 0.75f).hasSize(Solver.EULER.evaluations(4));
        asked.clear();
        Solver.HEUN.follow(noting, new float[1], 4);
        assertThat(asked)
                .containsExactly(0f, 0.25f, 0.25f, 0.5f, 0.5f, 0.75f, 0.75f)
                .hasSize(Solver.HEUN.evaluations(4));
    }

    @Test
    void unknownSolverIsRefusedWithTheNamesThereAre() {
        assertThat(Solver.byId("heun")).isEqualTo(Solver.HEUN);
        assertThatThrownBy(() -> Solver.byId("HEUN"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("euler and heun");
    }
}
