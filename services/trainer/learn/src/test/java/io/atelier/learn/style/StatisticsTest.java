package io.atelier.learn.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.engine.TestEngines;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final Engine ENGINE = TestEngines.cpu();

    private final PointerScope scope = new PointerScope();
    private final Kept kept = new Kept();

    @AfterEach
    void close() {
        kept.close();
        scope.close();
    }

    @Test
    void wavesSeeTheirOwnDirectionMostAndEvenGroundNotAtAll() {
        Tensor painting = Pictures.striped(ENGINE, 64, 64, 0, 1);
        Wavelets wavelets = new Wavelets(ENGINE, painting, 1, kept);
        Tensor map = wavelets.of(painting).getFirst(); // 48 crests, 48 troughs, 3 colours
        assertThat(map.size(1)).isEqualTo(99);
        float[] energies = Tensors.floats(
                map.narrow(1, 0, 48).square().sum(2, 3).reshape(3, 8, 2).sum(2));
        int strongest = 0;
        for (int i = 0; i < energies.length; i++) {
            strongest = energies[i] > energies[strongest] ? i : strongest;
        }
        assertThat(strongest % 8).isZero(); // stripes across x
        Tensor even = torch.full(new long[] {1, 3, 32, 32}, new Scalar(0.3));
        assertThat(wavelets.of(even).getFirst().narrow(1, 0, 96).abs().max().item_double())
                .isLessThan(1e-3);
    }

    @Test
    void levelsFitTheSmallestPicture() {
        assertThat(Wavelets.levels(8)).isEqualTo(1);
        assertThat(Wavelets.levels(18)).isEqualTo(2);
        assertThat(Wavelets.levels(192)).isEqualTo(5);
        assertThat(Wavelets.levels(4096)).isEqualTo(5);
        Tensor painting = Pictures.striped(ENGINE, 40, 36, 1, 1);
        List<Tensor> maps = new Wavelets(ENGINE, painting, 3, kept).of(painting);
        assertThat(maps).extracting(map -> map.size(1)).containsExactly(99L, 198L, 198L);
    }

    @Test
    void secondMomentsDoNotCareWhereInThePictureFeaturesAre() {
        Tensor painting = Pictures.striped(ENGINE, 32, 32, 1, 1);
        Tensor picture = Pictures.striped(ENGINE, 32, 32, 2, 2);
        SecondMoments moments = new SecondMoments(ENGINE, List::of, painting, 1, kept);
        double loss = moments.loss(picture).item_double();
        assertThat(loss).isPositive();
        assertThat(moments.loss(picture.rot90(1, 2, 3)).item_double()).isCloseTo(loss, within(1e-3 * loss));
        assertThat(moments.loss(painting.flip(3)).item_double()).isCloseTo(0, within(1e-6));
    }

    @Test
    void paletteDoesNotCareWhereColoursAre() {
        Tensor painting = Pictures.striped(ENGINE, 32, 48, 1, 1);
        Palette palette = new Palette(ENGINE, painting, 4, kept);
        assertThat(palette.loss(painting.flip(2)).item_double()).isCloseTo(0, within(1e-5));
        assertThat(palette.loss(painting.rot90(1, 2, 3)).item_double()).isCloseTo(0, within(1e-5));
        assertThat(palette.loss(painting.add(new Scalar(0.1))).item_double()).isGreaterThan(0.01);
    }

    @Test
    void randomNetComesFromItsSeedAlone() {
        Tensor painting = Pictures.striped(ENGINE, 32, 32, 1, 1);
        Tensor deepest =
                new RandomNet(ENGINE, painting, 32, 7, kept).of(painting).getLast();
        Tensor again = new RandomNet(ENGINE, painting, 32, 7, kept).of(painting).getLast();
        Tensor other = new RandomNet(ENGINE, painting, 32, 8, kept).of(painting).getLast();
        assertThat(Tensors.floats(again)).isEqualTo(Tensors.floats(deepest));
        assertThat(Tensors.floats(other)).isNotEqualTo(Tensors.floats(deepest));
        double square = deepest.square().mean().item_double();
        assertThat(square).isCloseTo(0.5, within(0.2)); // half of a variance of 1 is rectified away
    }
}
