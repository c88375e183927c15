package io.atelier.learn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.nets.Discriminator;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.ops.TorchOps;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final Engine ENGINE = TestEngines.cpu();

    private static Tensor of(float... values) {
        return Tensors.of(ENGINE, values, values.length);
    }

    @Test
    void lossesHaveTheirTextbookValues() {
        try (PointerScope scope = new PointerScope()) {
            Tensor real = of(2, -1);
            Tensor fake = of(-2, 0.5f);
            assertThat(Losses.hingeDiscriminator(real, fake).item_double())
                    .isCloseTo((0 + 2) / 2.0 + 1.5 / 2, within(1e-6));
            assertThat(Losses.hingeGenerator(fake).item_double()).isCloseTo(0.75, within(1e-6));
            double softplus = (softplus(-2) + softplus(1)) / 2 + (softplus(-2) + softplus(0.5)) / 2;
            assertThat(Losses.softplusDiscriminator(real, fake).item_double()).isCloseTo(softplus, within(1e-5));
            assertThat(Losses.softplusGenerator(fake).item_double())
                    .isCloseTo((softplus(2) + softplus(-0.5)) / 2, within(1e-5));
            assertThat(Losses.binaryCrossEntropy(of(2), of(1)).item_double()).isCloseTo(softplus(-2), within(1e-5));
            assertThat(Losses.meanSquaredError(real, fake).item_double()).isCloseTo((16 + 2.25) / 2, within(1e-5));
            Tensor logits = Tensors.of(ENGINE, new float[] {1, 0}, 1, 2);
            assertThat(Losses.crossEntropy(logits, Tensors.labels(ENGINE, 0), 0).item_double())
                    .isCloseTo(softplus(-1), within(1e-5));
        }
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void gradientOfTheR1PenaltyAgreesWithFiniteDifferences() {
        try (ParamStore store = new ParamStore(ENGINE.device(), 3);
                PointerScope scope = new PointerScope()) {
            Discriminator net = new Discriminator(store, new Discriminator.Shape(1, 2, List.of(6, 8), 8, 3));
            torch.manual_seed(4);
            Tensor pictures = torch.randn(3, 1, 8, 8);
            Tensor labels = Tensors.labels(ENGINE, 0, 1, 1);
            penalty(net, pictures, labels).backward();
            for (String name : List.of("stage0.weight", "stage1.weight", "last.weight", "score.weight", "classes")) {
                Param param = store.get(name);
                double analytic = param.tensor().grad().reshape(-1).select(0, 2).item_double();
                float step = 1e-2f;
                double difference =
                        (shifted(param, step, net, pictures, labels) - shifted(param, -step, net, pictures, labels))
                                / (2 * step);
                assertThat(analytic).as(name).isCloseTo(difference, within(2e-2 * (Math.abs(difference) + 0.05)));
            }
        }
    }

    private static Tensor penalty(Discriminator net, Tensor pictures, Tensor labels) {
        Tensor x = pictures.detach().clone();
        x.set_requires_grad(true);
        return Losses.r1(net.forward(new TorchOps(true), x, labels), x);
    }

    private static double shifted(Param param, float by, Discriminator net, Tensor pictures, Tensor labels) {
        shift(param, by);
        double value = penalty(net, pictures, labels).item_double();
        shift(param, -by);
        return value;
    }

    private static void shift(Param param, float by) {
        try (NoGradGuard guard = new NoGradGuard()) {
            // a view, so that the parameter itself moves
            Tensor element = param.tensor().dim() == 4
                    ? param.tensor().select(0, 0).select(0, 0).select(0, 0).select(0, 2)
                    : param.tensor().select(0, 0).select(0, 2);
            element.add_(new Scalar(by));
        }
    }
}
