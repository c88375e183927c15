package io.atelier.learn.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.atelier.learn.engine.TestEngines;
import org.junit.jupiter.api.Test;

class InitTest {
    @Test
    void orthogonalRowsAreOrthonormal() {
        float[] w = Init.orthogonal().values(3, 4, 2, 3, 1);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double dot = 0;
                for (int k = 0; k < 6; k++) {
                    dot += w[i * 6 + k] * w[j * 6 + k];
                }
                assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-5));
            }
        }
    }

    @Test
    void parameterDependsOnSeedAndNameAlone() {
        try (ParamStore small = new ParamStore(TestEngines.cpu().device(), 9);
                ParamStore large = new ParamStore(TestEngines.cpu().device(), 9);
                ParamStore other = new ParamStore(TestEngines.cpu().device(), 10)) {
            float[] alone = small.trainable("w", Init.normal(1), 8).floats();
            large.trainable("before", Init.normal(1), 100);
            assertThat(large.trainable("w", Init.normal(1), 8).floats()).isEqualTo(alone);
            assertThat(other.trainable("w", Init.normal(1), 8).floats()).isNotEqualTo(alone);
        }
    }

    @Test
    void channelsThatShareAPixelStartEqual() {
        float[] w = Init.equalWithinPixel(Init.normal(1), 2).values(1, 8, 3, 1, 1);
        for (int channel = 0; channel < 8; channel++) {
            int first = channel / 4 * 4;
            for (int k = 0; k < 3; k++) {
                assertThat(w[channel * 3 + k]).isEqualTo(w[first * 3 + k]);
            }
        }
    }
}
