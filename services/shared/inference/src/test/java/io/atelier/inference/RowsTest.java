package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.Seeds;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelRef;
import io.atelier.models.TensorSpec;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
    private static final int LIMIT = 32;

    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(folder);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void generatedRowHasTheSameBitsAloneAndInEveryBatch() {
        GraphSpec spec = new GraphSpec(
                "main",
                "model.onnx",
                List.of(
                        TensorSpec.of("latent", "latent", "float32", -1L, (long) TestGraphs.LATENT),
                        TensorSpec.of("label", "label", "int64", -1L)),
                List.of(TensorSpec.of("image", "image", "float32", -1L, 3L, 28L, 28L)));
        studio.publish("generator", TestGraphs.generator(3, 64, 3), LIMIT, spec); // Gemm 96x6272 first
        assertBitsDoNotDependOnTheBatch("generator", "latent", TestGraphs.LATENT, "image", true);
        assertThat(largestBatch("generator")).isEqualTo(LIMIT);
    }

    @Test
    void classifiedRowHasTheSameBitsAloneAndInEveryBatch() {
        GraphSpec spec = new GraphSpec(
                "main",
                "model.onnx",
                List.of(TensorSpec.of("image", "image", "float32", -1L, 1L, 28L, 28L)),
                List.of(TensorSpec.of("logits", "logits", "float32", -1L, 10L)));
        studio.publish("classifier", TestGraphs.classifier(4, 16), LIMIT, spec);
        assertBitsDoNotDependOnTheBatch("classifier", "image", 784, "logits", false);
        assertThat(largestBatch("classifier")).isEqualTo(LIMIT);
    }

    @Test
    void graphWhoseKernelsDependOnTheBatchRunsItsRowsOneByOne() {
        GraphSpec spec = new GraphSpec(
                "main",
                "model.onnx",
                List.of(TensorSpec.of("x", "image", "float32", -1L, 512L)),
                List.of(TensorSpec.of("y", "logits", "float32", -1L, 33L)));
        studio.publish("unpacked", TestGraphs.unpackedProduct(5), LIMIT, spec);
        assertBitsDoNotDependOnTheBatch("unpacked", "x", 512, "y", false);
    }

    @Test
    void graphWhoseFirstAxisIsOneRunsItsRowsOneByOne() {
        GraphSpec spec = new GraphSpec(
                "main",
                "model.onnx",
                List.of(TensorSpec.of("x", "image", "float32", -1L, 4L)),
                List.of(TensorSpec.of("y", "logits", "float32", -1L, 4L)));
        studio.publish("single", TestGraphs.singleAdder(1), LIMIT, spec);
        try (ModelHandle handle = studio.serve().acquire(ModelRef.parse("single"))) {
            Rows rows = new Rows.Floats(3, new long[] {4}, new float[] {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2});
            assertThat(values(handle.run(Studio.request(Map.of("x", rows))), "y"))
                    .containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
        }
        assertThat(largestBatch("single")).isEqualTo(1);
    }

    @Test
    void rowsOfDifferentWidthsAreServedByOneGraph() {
        GraphSpec spec = new GraphSpec(
                "main",
                "model.onnx",
                List.of(TensorSpec.of("x", "image", "float32", -1L, -1L)),
                List.of(TensorSpec.of("y", "image", "float32", -1L, -1L)));
        studio.publish("open", TestGraphs.openAdder(1), LIMIT, spec);
        try (ModelHandle handle = studio.serve().acquire(ModelRef.parse("open"))) {
            for (int width = 1; width <= 3; width++) {
                Rows rows = new Rows.Floats(2, new long[] {width}, new float[2 * width]);
                float[] outputs = values(handle.run(Studio.request(Map.of("x", rows))), "y");
                assertThat(outputs).hasSize(2 * width).containsOnly(1f);
            }
        }
    }

    @Test
    void memoryStaysFlatOverThousandsOfRuns() throws Exception {
        studio.publishAdder("adder", 1);
        OnnxModelServer server = studio.serve();
        try (ModelHandle handle = server.acquire(ModelRef.parse("adder"))) {
            runs(handle, 2_000);
            long before = residentKib();
            runs(handle, 20_000);
            assertThat(residentKib() - before).isLessThan(32 * 1024);
        }
    }

    private static void runs(ModelHandle handle, int count) {
        for (int i = 0; i < count; i++) {
            handle.run(Studio.request(Studio.rows(1 + i % 8, i)));
        }
        ManagementFactory.getMemoryMXBean().gc();
    }

    private static long residentKib() throws java.io.IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private int largestBatch(String model) {
        try (ModelHandle handle = studio.serve().acquire(ModelRef.parse(model))) {
            return ((CountedHandle) handle).model().queue("main").session().largest(LIMIT);
        }
    }

    private void assertBitsDoNotDependOnTheBatch(String model, String input, int width, String output, boolean labels) {
        OnnxModelServer server = studio.serve();
        try (ModelHandle handle = server.acquire(ModelRef.parse(model))) {
            float[][] alone = new float[LIMIT + 1][];
            for (int row = 0; row <= LIMIT; row++) {
                alone[row] = values(handle.run(Studio.request(inputs(input, width, row, 1, labels))), output);
            }
            for (int size = 2; size <= LIMIT + 1; size++) {
                float[] batch = values(handle.run(Studio.request(inputs(input, width, 0, size, labels))), output);
                for (int row = 0; row < size; row++) {
                    int length = alone[row].length;
                    assertThat(Arrays.equals(batch, row * length, (row + 1) * length, alone[row], 0, length))
                            .as("row %d of %d has the bits it has alone", row, size)
                            .isTrue();
                }
            }
        }
    }

    private static Map<String, Rows> inputs(String name, int width, int first, int count, boolean labels) {
        float[] values = new float[count * width];
        long[] label = new long[count];
        for (int row = 0; row < count; row++) {
            System.arraycopy(Seeds.gaussians(first + row, width), 0, values, row * width, width);
            label[row] = (first + row) % 10;
        }
        long[] shape = name.equals("image") ? new long[] {1, 28, 28} : new long[] {width};
        Rows floats = new Rows.Floats(count, shape, values);
        return labels ? Map.of(name, floats, "label", new Rows.Longs(count, new long[0], label)) : Map.of(name, floats);
    }

    private static float[] values(Map<String, Rows> outputs, String name) {
        return outputs.get(name) instanceof Rows.Floats floats ? floats.values() : new float[0];
    }
}
