package io.atelier.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
    @Test
    void epochShowsEveryPictureOnceInANewOrder() {
        Sampler sampler = Sampler.epochs(12, 4, 1);
        int[] first = epoch(sampler, 0);
        int[] second = epoch(sampler, 3);
        assertThat(first).containsExactlyInAnyOrder(IntStream.range(0, 12).toArray());
        assertThat(second).containsExactlyInAnyOrder(IntStream.range(0, 12).toArray());
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void anyStepCanBeRebuiltAlone() {
        Sampler one = Sampler.epochs(12, 4, 1);
        IntStream.range(0, 8).forEach(step -> one.batch(step, 0));
        assertThat(Sampler.epochs(12, 4, 1).batch(7, 0)).isEqualTo(one.batch(7, 0));
    }

    @Test
    void weightsBalanceClassesByTheirPower() {
        int[] labels = new int[100];
        Arrays.fill(labels, 80, 100, 1);
        assertThat(shareOfSecond(labels, 1)).isCloseTo(0.2, within(0.03));
        assertThat(shareOfSecond(labels, 0)).isCloseTo(0.5, within(0.03));
        assertThat(shareOfSecond(labels, 0.5)).isCloseTo(1 / 3.0, within(0.03));
    }

    @Test
    void groupsHoldOneClassEachAndClassesComeByTheirWeight() {
        int[] labels = new int[100];
        Arrays.fill(labels, 80, 100, 1);
        double[] weights = Sampler.classWeights(labels, new int[] {80, 20}, 0);
        int[] batch = Sampler.grouped(labels, weights, 10_000, 4).batch(0, 3);
        for (int i = 0; i < batch.length; i++) {
            assertThat(labels[batch[i]]).isEqualTo(labels[batch[i - i % 4]]);
        }
        assertThat(Arrays.stream(batch).filter(i -> labels[i] == 1).count() / 10_000.0)
                .isCloseTo(0.5, within(0.04));
        assertThat(Arrays.stream(batch).distinct().count()).isEqualTo(100);
    }

    @Test
    void batchThatGroupsDoNotFillIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sampler.grouped(new int[] {0}, new double[] {1}, 30, 4))
                .withMessageContaining("30")
                .withMessageContaining("4");
    }

    private static double shareOfSecond(int[] labels, double power) {
        Sampler sampler = Sampler.weighted(Sampler.classWeights(labels, new int[] {80, 20}, power), 10_000);
        return Arrays.stream(sampler.batch(0, 3)).filter(i -> labels[i] == 1).count() / 10_000.0;
    }

    private static int[] epoch(Sampler sampler, int from) {
        return IntStream.range(from, from + 3)
                .flatMap(step -> Arrays.stream(sampler.batch(step, 0)))
                .toArray();
    }
}
