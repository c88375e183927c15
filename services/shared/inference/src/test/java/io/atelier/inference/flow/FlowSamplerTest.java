package io.atelier.inference.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowSamplerTest {
    private static final int ANY = 2;

    /** Rows of two values that move by 1 of any class and by 2 of class 1, at any time. */
    private static float[] velocities(float[] rows, float[] times, long[] labels) {
        float[] velocities = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            velocities[i] = labels[i / 2] == ANY ? 1 : 2 * labels[i / 2];
        }
        assertThat(times).hasSameSizeAs(labels);
        return velocities;
    }

    @Test
    void guidanceGoesFromAnyClassTowardsTheWantedOneAndBeyond() {
        float[] noise = {-2, -3, -2, -3};
        float[] made = new FlowSampler(Solver.EULER, 4, Guidance.always(1.5), 1)
                .make(FlowSamplerTest::velocities, noise, new long[] {1, 0}, ANY);
        assertThat(made).containsExactly(0.5f, -0.5f, -1, -1); // velocities 1 + 1.5 (2 - 1) and 1 + 1.5 (0 - 1)
        assertThat(noise).containsExactly(-2, -3, -2, -3);
    }

    @Test
    void outsideItsTimesGuidanceAsksTheWantedClassesAlone() {
        List<Integer> rows = new ArrayList<>();
        VelocityNet net = (values, times, labels) -> {
            rows.add(labels.length);
            return velocities(values, times, labels);
        };
        float[] made = new FlowSampler(Solver.EULER, 4, new Guidance(1.5, 0.25, 0.5), 1)
                .make(net, new float[] {-2, -3}, new long[] {1}, ANY);
        assertThat(rows).containsExactly(1, 2, 2, 1);
        assertThat(made).containsExactly(0.25f, -0.75f); // a quarter each of 2, 2.5, 2.5 and 2
    }

    @Test
    void guidanceOfOneAsksTheWantedClassesAlone() {
        List<Integer> rows = new ArrayList<>();
        VelocityNet net = (values, times, labels) -> {
            rows.add(labels.length);
            assertThat(labels).doesNotContain(ANY);
            return velocities(values, times, labels);
        };
        float[] made = new FlowSampler(Solver.HEUN, 2, Guidance.always(1), 1)
                .make(net, new float[] {-2, -3}, new long[] {1}, ANY);
        assertThat(made).containsExactly(0, -1);
        assertThat(rows).containsExactly(1, 1, 1);
    }

    @Test
    void guidanceOfZeroIsTheFlowOfAnyClass() {
        float[] made = new FlowSampler(Solver.EULER, 1, Guidance.always(0), 1)
                .make(FlowSamplerTest::velocities, new float[] {-2, -0.5f}, new long[] {1}, ANY);
        assertThat(made).containsExactly(-1, 0.5f);
    }

    @Test
    void noiseIsSpreadBeforeItIsFollowed() {
        float[] noise = {-1, -2};
        float[] made = new FlowSampler(Solver.EULER, 1, Guidance.always(1), 1.25)
                .make(FlowSamplerTest::velocities, noise, new long[] {1}, ANY);
        assertThat(made).containsExactly(0.75f, -0.5f);
        assertThat(noise).containsExactly(-1, -2);
    }

    @Test
    void madeValuesAreClamped() {
        float[] made = new FlowSampler(Solver.EULER, 1, Guidance.always(1), 1)
                .make(FlowSamplerTest::velocities, new float[] {5, -9}, new long[] {1}, ANY);
        assertThat(made).containsExactly(1, -1);
    }
}
