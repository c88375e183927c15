package io.atelier.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.atelier.kernel.Seeds;
import io.atelier.learn.data.LabelledPictures;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    @Test
    void equalSetsHaveNoFrechetDistance() {
        Features set = new Features(200, 8, Seeds.gaussians(3, 1600));
        assertThat(FrechetDistance.between(set, set)).isCloseTo(0, within(1e-9));
    }

    @Test
    void shiftedSetIsFurtherByTheSquareOfItsShift() {
        float[] values = Seeds.gaussians(3, 1600);
        float[] shifted = values.clone();
        for (int i = 0; i < shifted.length; i += 8) {
            shifted[i] += 3;
        }
        assertThat(FrechetDistance.between(new Features(200, 8, values), new Features(200, 8, shifted)))
                .isCloseTo(9, within(1e-5));
    }

    @Test
    void frechetDistanceOfKnownGaussiansIsTheFormulasValue() {
        double[] zero = {0, 0};
        DMatrixRMaj axes = new DMatrixRMaj(new double[][] {{4, 0}, {0, 9}});
        DMatrixRMaj unit = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}});
        // (2-1)² + (3-1)² for commuting covariances
        assertThat(FrechetDistance.between(zero, axes, zero, unit)).isCloseTo(5, within(1e-12));
        // C1 = diag(4, 1), C2 = [[2, 1], [1, 2]]: eigenvalues of C1C2 are 5 ± √13, so tr √ = √(10 + 2√12)
        DMatrixRMaj oblong = new DMatrixRMaj(new double[][] {{4, 0}, {0, 1}});
        DMatrixRMaj tilted = new DMatrixRMaj(new double[][] {{2, 1}, {1, 2}});
        double expected = 5 + 4 - 2 * Math.sqrt(10 + 2 * Math.sqrt(12));
        assertThat(FrechetDistance.between(zero, oblong, zero, tilted)).isCloseTo(expected, within(1e-12));
        assertThat(FrechetDistance.between(zero, tilted, zero, oblong)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void deadFeaturesDoNotSpoilTheFrechetDistance() {
        float[] values = Seeds.gaussians(3, 400);
        for (int i = 0; i < values.length; i += 4) {
            values[i] = 0;
        }
        Features set = new Features(100, 4, values);
        assertThat(FrechetDistance.between(set, set)).isCloseTo(0, within(1e-9));
    }

    @Test
    void setsOfDifferentWidthAreNotComparable() {
        assertThatThrownBy(() ->
                        FrechetDistance.between(new Features(2, 1, new float[2]), new Features(2, 2, new float[4])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void diversityIsTheMeanDistanceOfPairsWithinAClass() {
        // class 0 at 0, 1, 2, 3: pairs 1 1 1 2 2 3, mean 10/6; class 1 has too few to count; cap leaves the fifth out
        Features line = new Features(7, 1, new float[] {0, 1, 2, 3, 99, 5, 7});
        int[] labels = {0, 0, 0, 0, 0, 1, 1};
        assertThat(Diversity.withinClasses(line, labels, 2, 4)).isCloseTo(10 / 6.0, within(1e-12));
    }

    @Test
    void nearestIsTheRootMeanSquareOnAUnitScale() {
        LabelledPictures made = pictures(1, new float[] {-1, -1, 1, 1, 0.1f, 0}, 3);
        LabelledPictures training = pictures(1, new float[] {1, 1, -1, 0, 0, 0}, 3);
        Nearest nearest = Nearest.of(made, training);
        assertThat(nearest.indices()).containsExactly(1, 0, 2);
        assertThat(nearest.distances()[0]).isCloseTo((float) (Math.sqrt(0.5) / 2), within(1e-6f));
        assertThat(nearest.distances()[1]).isZero();
        assertThat(nearest.median()).isCloseTo(Math.sqrt(0.005) / 2, within(1e-6));
        assertThat(nearest.shareBelow(0.05)).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void pixelFeaturesAreAsFarApartAsTheirPictures() {
        LabelledPictures both = pictures(1, new float[] {-1, -1, -1, 0}, 2);
        Nearest nearest = Nearest.of(both.select(0), both.select(1));
        assertThat(Features.ofPixels(both).distance(0, 1)).isCloseTo(nearest.distances()[0], within(1e-6));
    }

    @Test
    void confusionCountsTheFirstOfEqualScores() {
        Confusion confusion = Confusion.of(new int[] {0, 0, 1}, new float[] {1, 0, 0, 1, 2, 2}, 2);
        assertThat(confusion.counts()).isDeepEqualTo(new long[][] {{1, 1}, {1, 0}});
        assertThat(confusion.share()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(confusion.shareByClass()).containsExactly(0.5, 0);
    }

    @Test
    void softAlphaCountsOnlyUndecidedPixels() {
        float[] one = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1, 0, 0.79f};
        LabelledPictures picture = new LabelledPictures(4, 2, 2, one, new int[1], List.of("a"));
        assertThat(Softness.ofAlpha(picture)).isEqualTo(0.5);
    }

    @Test
    void balanceIsOneForEqualClassesAndZeroForASingleOne() {
        assertThat(LabelBalance.of(5, 5, 5)).isCloseTo(1, within(1e-12));
        assertThat(LabelBalance.of(5, 0)).isZero();
        assertThat(LabelBalance.of(3, 1)).isCloseTo(0.811278, within(1e-6));
    }

    /** Pictures of one row, all of class a. */
    private static LabelledPictures pictures(int channels, float[] pixels, int count) {
        int width = pixels.length / count / channels;
        return new LabelledPictures(channels, 1, width, pixels, new int[count], List.of("a"));
    }

    @Test
    void crossEntropyIsTheMeanOfTheRightClassesNegativeLogLikelihoods() {
        assertThat(CrossEntropy.mean(new int[] {0, 1}, new float[] {0, 0, 0, 0}, 2))
                .isCloseTo(Math.log(2), within(1e-12));
        assertThat(CrossEntropy.mean(new int[] {0, 1}, new float[] {1000, 0, 1000, 0}, 2))
                .as("half of them wrong by 1000 nats")
                .isCloseTo(500, within(1e-9));
    }
}
