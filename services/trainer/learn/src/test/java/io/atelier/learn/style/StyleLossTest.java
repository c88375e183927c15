package io.atelier.learn.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.TestEngines;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StyleLossTest {
    private static final Engine ENGINE = TestEngines.cpu();
    private static final StyleLoss.Weights WEIGHTS = new StyleLoss.Weights(0.5, 0.5, 0.15, 0.02);

    private final PointerScope scope = new PointerScope();
    private final Tensor painting = Pictures.striped(ENGINE, 48, 40, 0.4, 1);
    private final StyleLoss loss = new StyleLoss(ENGINE, painting, 32, WEIGHTS);

    @BeforeEach
    void fixSeed() {
        torch.manual_seed(3);
    }

    @AfterEach
    void close() {
        loss.close();
        scope.close();
    }

    private double style(Tensor picture) {
        try (NoGradGuard guard = new NoGradGuard()) {
            return loss.style(picture).item_double();
        }
    }

    @Test
    void paintingHasItsOwnMannerAndSoHasAPartOfIt() {
        double other = style(Pictures.striped(ENGINE, 48, 40, 1.9, 2));
        assertThat(style(painting)).isCloseTo(0, within(1e-5));
        assertThat(style(painting.narrow(2, 8, 40).contiguous())).isLessThan(0.2 * other);
        assertThat(style(Pictures.striped(ENGINE, 48, 40, 0.4, 2))).isLessThan(0.2 * other);
    }

    @Test
    void gradientIsTheSlopeOfTheLoss() {
        Tensor photograph = torch.rand(1, 3, 32, 32);
        Tensor picture = torch.rand(1, 3, 32, 32);
        picture.set_requires_grad(true);
        loss.sum(loss.of(picture, Ranks.of(ENGINE, photograph))).backward();
        Tensor gradient = picture.grad().clone();
        try (NoGradGuard guard = new NoGradGuard()) {
            Tensor direction =
                    gradient.div(gradient.norm()).add(torch.randn(1, 3, 32, 32).mul(new Scalar(0.01)));
            double step = 0.02; // the loss is in float32
            Tensor move = direction.mul(new Scalar(step));
            double up = loss.sum(loss.of(picture.add(move), Ranks.of(ENGINE, photograph)))
                    .item_double();
            double down = loss.sum(loss.of(picture.sub(move), Ranks.of(ENGINE, photograph)))
                    .item_double();
            double slope = gradient.mul(direction).sum().item_double();
            assertThat((up - down) / (2 * step)).isCloseTo(slope, within(0.02 * Math.abs(slope)));
        }
    }

    @Test
    void photographInThePaintingsTonesHasAllItsForms() {
        Tensor photograph = torch.rand(1, 3, 32, 32);
        Tensor toned = toned(photograph);
        Tensor grey = toned.expand(1, 3, 32, 32).contiguous();
        assertThat(loss.of(grey, Ranks.of(ENGINE, photograph)).content().item_double())
                .isCloseTo(0, within(1e-5));
        assertThat(loss.of(torch.rand(1, 3, 32, 32), Ranks.of(ENGINE, photograph))
                        .content()
                        .item_double())
                .isGreaterThan(0.5);
    }

    private Tensor toned(Tensor photograph) {
        try (Kept kept = new Kept()) {
            return new Tones(ENGINE, painting, kept).of(Ranks.of(ENGINE, photograph));
        }
    }

    @Test
    void picturesOfABatchShowAMannerTogether() {
        Tensor rough = torch.rand(1, 3, 48, 48);
        Tensor smooth = torch.upsample_bilinear2d(torch.rand(1, 3, 16, 16), new long[] {48, 48}, false);
        Tensor both = torch.cat(new TensorVector(rough, smooth), 2);
        int oneLevel = 9;
        try (StyleLoss halves = new StyleLoss(ENGINE, both, oneLevel, WEIGHTS);
                NoGradGuard guard = new NoGradGuard()) {
            double together =
                    halves.style(torch.cat(new TensorVector(rough, smooth), 0)).item_double();
            assertThat(together).isLessThan(0.1 * halves.style(rough).item_double());
            assertThat(together).isLessThan(0.1 * halves.style(smooth).item_double());
        }
        double one = style(rough);
        assertThat(style(torch.cat(new TensorVector(rough, rough), 0))).isCloseTo(one, within(1e-3 * one));
    }

    @Test
    void tonesKeepTheOrderAndTakeThePaintingsRange() {
        Tensor photograph = torch.rand(1, 3, 16, 16).mul(new Scalar(0.1));
        Tensor before = Colours.luminance(ENGINE, photograph).flatten();
        Tensor after = toned(photograph).flatten();
        Tensor sorted = after.index_select(0, before.argsort());
        assertThat(sorted.narrow(0, 1, 255).sub(sorted.narrow(0, 0, 255)).min().item_double())
                .isNotNegative();
        Tensor wanted = Colours.luminance(ENGINE, painting);
        assertThat(after.max().item_double()).isCloseTo(wanted.max().item_double(), within(1e-6));
        assertThat(after.min().item_double()).isCloseTo(wanted.min().item_double(), within(1e-6));
    }

    @Test
    void recolouredPhotographHasThePaintingsMeanAndCovariance() {
        Tensor photograph = torch.rand(1, 3, 24, 24).mul(new Scalar(0.2)).add(new Scalar(0.4));
        Tensor moved = loss.recoloured(photograph);
        double mean = Maths.meanOfRows(Maths.columns(moved))
                .sub(Maths.meanOfRows(Maths.columns(painting)))
                .abs()
                .max()
                .item_double();
        double covariance = Maths.columns(moved)
                .cov()
                .sub(Maths.columns(painting).cov())
                .abs()
                .max()
                .item_double();
        assertThat(mean).isLessThan(0.03); // what leaves 0..1 is cut
        assertThat(covariance).isLessThan(0.01);
    }

    @Test
    void rangeAndUnevennessCountForAnyPicture() {
        Tensor photograph = torch.rand(1, 3, 32, 32);
        Tensor even = torch.full(new long[] {1, 3, 32, 32}, new Scalar(0.5));
        assertThat(loss.of(even, Ranks.of(ENGINE, photograph)).picture().item_double())
                .isZero();
        assertThat(loss.of(even.add(new Scalar(1.0)), Ranks.of(ENGINE, photograph))
                        .picture()
                        .item_double())
                .isCloseTo(20 * 0.25, within(1e-4));
        assertThat(loss.of(photograph, Ranks.of(ENGINE, photograph)).picture().item_double())
                .isPositive();
    }
}
