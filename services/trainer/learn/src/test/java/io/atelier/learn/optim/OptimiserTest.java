package io.atelier.learn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimiserTest {
    private static final double RATE = 0.1;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A single weight w that starts at 1 under the loss 1.5 w squared, whose gradient is 3 w. */
    private static final class Problem implements AutoCloseable {
        private final ParamStore store = new ParamStore(TestEngines.cpu().device(), 1);
        private final Param weight = store.trainable("w", Init.constant(1), 1);
        private final Optimiser optimiser;

        private Problem(OptimiserOptions options) {
            optimiser = new Optimiser(store, options);
        }

        private void step() {
            try (PointerScope scope = new PointerScope()) {
                Tensor loss = weight.tensor().square().sum().mul(new Scalar(1.5));
                optimiser.zeroGradients();
                loss.backward();
                optimiser.step(RATE);
            }
        }

        private double value() {
            return weight.floats()[0];
        }

        @Override
        public void close() {
            optimiser.close();
            store.close();
        }
    }

    @Test
    void gradientDescentFollowsTheGradient() {
        try (Problem problem = new Problem(OptimiserOptions.gradientDescent())) {
            problem.step();
            assertThat(problem.value()).isCloseTo(1 - RATE * 3, within(1e-6));
        }
    }

    @Test
    void momentumKeepsTheLastDirection() {
        try (Problem problem = new Problem(OptimiserOptions.momentum(0.9))) {
            problem.step();
            problem.step();
            double first = 1 - RATE * 3;
            assertThat(problem.value()).isCloseTo(first - RATE * (0.9 * 3 + 3 * first), within(1e-6));
        }
    }

    @Test
    void adamTakesItsTwoDecayRatesInTheirOrder() {
        double beta1 = 0.5;
        double beta2 = 0.99;
        double w = 1;
        double m = 0;
        double v = 0;
        try (Problem problem = new Problem(OptimiserOptions.adam(beta1, beta2))) {
            for (int t = 1; t <= 5; t++) {
                double gradient = 3 * w;
                m = beta1 * m + (1 - beta1) * gradient;
                v = beta2 * v + (1 - beta2) * gradient * gradient;
                w -= RATE * (m / (1 - Math.pow(beta1, t))) / (Math.sqrt(v / (1 - Math.pow(beta2, t))) + 1e-8);
                problem.step();
                assertThat(problem.value()).as("step %d", t).isCloseTo(w, within(1e-5));
            }
        }
    }

    @Test
    void adamWShrinksWeightsApartFromTheGradient() {
        try (Problem plain = new Problem(OptimiserOptions.adamW(0));
                Problem decayed = new Problem(OptimiserOptions.adamW(0.5))) {
            plain.step();
            decayed.step();
            assertThat(decayed.value()).isCloseTo(plain.value() - RATE * 0.5, within(1e-5));
        }
    }

    @Test
    void longGradientsAreShortenedAndShortOnesLeftAlone() {
        try (Problem problem = new Problem(OptimiserOptions.gradientDescent());
                PointerScope scope = new PointerScope()) {
            problem.weight.tensor().square().sum().mul(new Scalar(1.5)).backward();
            assertThat(problem.optimiser.clipGradients(5)).isCloseTo(3, within(1e-6));
            problem.optimiser.clipGradients(0.5);
            problem.optimiser.step(1);
            assertThat(problem.value()).isCloseTo(0.5, within(1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource
    void loadedStateGoesOnBitByBit(OptimiserOptions.Kind kind) {
        OptimiserOptions options = new OptimiserOptions(kind, 0.9, 0.99, 1e-8, 0.01);
        Path state = folder.resolve("state");
        Path weights = folder.resolve("weights");
        try (Problem original = new Problem(options);
                Problem resumed = new Problem(options)) {
            for (int i = 0; i < 7; i++) {
                original.step();
            }
            original.optimiser.save(state);
            original.store.save(weights);
            resumed.optimiser.load(state);
            resumed.store.load(weights);
            for (int i = 0; i < 7; i++) {
                original.step();
                resumed.step();
            }
            assertThat(resumed.value()).isEqualTo(original.value());
        }
    }
}
