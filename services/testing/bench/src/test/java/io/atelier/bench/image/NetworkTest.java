package io.atelier.bench.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.inference.raw.RawLoop;
import io.atelier.kernel.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {

    @Test
    void networkMakesAPictureThatDependsOnLatentAndLabel(@TempDir Path folder) throws Exception {
        Path graph = Files.write(folder.resolve("generator.onnx"), new Network(3).model());

        try (RawLoop loop = RawLoop.open(graph, 1)) {
            float[] picture = loop.run(Seeds.gaussians(1, Network.LATENT), 0);

            assertThat(picture).hasSize(3 * Network.SIDE * Network.SIDE);
            for (float value : picture) {
                assertThat(value).isBetween(-1f, 1f);
            }
            assertThat(loop.run(Seeds.gaussians(2, Network.LATENT), 0)).isNotEqualTo(picture);
            assertThat(loop.run(Seeds.gaussians(1, Network.LATENT), 1)).isNotEqualTo(picture);
            assertThat(loop.run(Seeds.gaussians(1, Network.LATENT), 0)).isEqualTo(picture);
        }
    }
}
