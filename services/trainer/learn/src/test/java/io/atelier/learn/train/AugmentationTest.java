package io.atelier.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.engine.TestEngines;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final Engine ENGINE = TestEngines.cpu();

    @Test
    void mirroredPictureIsOneOfTwo() {
        Set<String> seen = new HashSet<>();
        for (float[] picture : many(new Augmentation(true, 0, 0), 1, 2, 3, 4, 5, 6)) {
            seen.add(java.util.Arrays.toString(picture));
        }
        assertThat(seen).containsExactlyInAnyOrder("[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]", "[3.0, 2.0, 1.0, 6.0, 5.0, 4.0]");
    }

    @Test
    void shiftBringsInEmptyPixelsOnly() {
        for (float[] picture : many(new Augmentation(false, 1, 0), 1, 2, 3, 4, 5, 6)) {
            for (float value : picture) {
                assertThat(value).isIn(-1f, 1f, 2f, 3f, 4f, 5f, 6f);
            }
        }
    }

    @Test
    void cutoutSetsSomePixelsToTheMiddle() {
        int zeroes = 0;
        for (float[] picture : many(new Augmentation(false, 0, 2), 1, 2, 3, 4, 5, 6)) {
            for (float value : picture) {
                zeroes += value == 0 ? 1 : 0;
            }
        }
        assertThat(zeroes).isBetween(60, 360);
    }

    @Test
    void gradientsFlowToThePixelsThatWereTaken() {
        try (PointerScope scope = new PointerScope()) {
            Tensor pictures = torch.ones(1, 1, 4, 4);
            pictures.set_requires_grad(true);
            Tensor moved = new Augmentation(false, 2, 0).apply(ENGINE, pictures, new SplittableRandom(8));
            moved.sum().backward();
            double kept = moved.detach()
                    .gt(new org.bytedeco.pytorch.Scalar(0.0))
                    .sum()
                    .item_double();
            assertThat(pictures.grad().sum().item_double()).isEqualTo(kept);
        }
    }

    /** 60 changed versions of one 2x3 picture. */
    private static float[][] many(Augmentation augmentation, float... pixels) {
        float[][] all = new float[60][];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < all.length; i++) {
            try (PointerScope scope = new PointerScope()) {
                all[i] = Tensors.floats(augmentation.apply(ENGINE, Tensors.of(ENGINE, pixels, 1, 1, 2, 3), random));
            }
        }
        return all;
    }
}
