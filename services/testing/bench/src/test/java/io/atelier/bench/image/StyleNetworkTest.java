package io.atelier.bench.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.inference.Rows;
import io.atelier.inference.raw.RawGraph;
import io.atelier.kernel.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StyleNetworkTest {
    private static final int SIDE = 32;

    @Test
    void wholeTellsMomentsAndAPartDependsOnPictureNoiseAndThese(@TempDir Path folder) throws Exception {
        Path whole = Files.write(folder.resolve("stylizer.onnx"), StyleNetwork.model(false));
        Path tile = Files.write(folder.resolve("tile.onnx"), StyleNetwork.model(true));
        try (RawGraph stylizer = RawGraph.open(whole, 1);
                RawGraph part = RawGraph.open(tile, 1)) {
            float[] moments = stylizer.run(inputs(1, 2));
            assertThat(moments).hasSize(StyleNetwork.MOMENTS);

            float[] painted = part.run(told(inputs(1, 2), moments));
            assertThat(painted).hasSize(3 * SIDE * SIDE);
            assertThat(part.run(told(inputs(3, 2), moments))).isNotEqualTo(painted);
            assertThat(part.run(told(inputs(1, 3), moments))).isNotEqualTo(painted);
            assertThat(part.run(told(inputs(1, 2), new float[] {1, 0, 1}))).isNotEqualTo(painted);
            assertThat(part.run(told(inputs(1, 2), moments))).isEqualTo(painted);
        }
    }

    private static Map<String, Rows> inputs(long picture, long noise) {
        int numbers = SIDE / StyleNetwork.NOISE_SIDE;
        return Map.of(
                "image", new Rows.Floats(1, new long[] {3, SIDE, SIDE}, Seeds.gaussians(picture, 3 * SIDE * SIDE)),
                "noise",
                        new Rows.Floats(
                                1, new long[] {1, numbers, numbers}, Seeds.gaussians(noise, numbers * numbers)));
    }

    private static Map<String, Rows> told(Map<String, Rows> inputs, float[] moments) {
        Map<String, Rows> told = new HashMap<>(inputs);
        told.put("moments", new Rows.Floats(1, new long[] {moments.length}, moments));
        return told;
    }
}
