package io.atelier.learn.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.engine.TestEngines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation gives the same numbers on libtorch and, exported, on ONNX Runtime, whatever the batch. */
class OpsRoundTripTest {
    private static final Engine ENGINE = TestEngines.cpu();
    private static final ParamStore STORE = new ParamStore(ENGINE.device(), 5);
    private static final Param DENSE = STORE.trainable("dense", Init.normal(0.5), 5, 6);
    private static final Param BIAS = STORE.trainable("bias", Init.normal(1), 5);
    private static final Param KERNEL = STORE.trainable("kernel", Init.normal(0.2), 5, 4, 3, 3);
    private static final Param GREY_KERNEL = STORE.trainable("greyKernel", Init.normal(0.3), 5, 1, 3, 3);
    private static final Param TRANSPOSED = STORE.trainable("transposed", Init.normal(0.1), 4, 5, 4, 4);
    private static final Param TABLE = STORE.trainable("table", Init.normal(1), 3, 6);
    // fresh gains are all 1 and means all 0, which would hide mistakes
    private static final Norm NORM = new Norm(
            STORE.trainable("norm.gain", Init.normal(1), 4),
            STORE.trainable("norm.bias", Init.normal(1), 4),
            STORE.buffer("norm.mean", Init.normal(1), 4),
            STORE.buffer("norm.variance", Init.constant(0.7), 4));
    private static final ClassNorm CLASS_NORM = new ClassNorm(
            STORE.trainable("class.gain", Init.normal(1), 3, 4),
            STORE.trainable("class.bias", Init.normal(1), 3, 4),
            STORE.buffer("class.mean", Init.normal(1), 4),
            STORE.buffer("class.variance", Init.constant(0.7), 4));
    private static final GroupNorm GROUP_NORM = new GroupNorm(
            STORE.trainable("group.gain", Init.normal(1), 4), STORE.trainable("group.bias", Init.normal(1), 4), 2);

    /** An operation and the rows it takes. */
    @SuppressWarnings("ImmutableEnumChecker") // no one changes the shapes
    enum Case {
        DENSE(row(6)),
        DENSE_WITHOUT_BIAS(row(6)),
        CONV(row(4, 8, 8)),
        CONV_STRIDE(row(4, 8, 8)),
        CONV_GREY(row(1, 8, 8)),
        CONV_TRANSPOSED(row(4, 5, 5)),
        UPSAMPLE(row(4, 5, 6)),
        PIXEL_SHUFFLE(row(12, 4, 5)),
        PIXEL_UNSHUFFLE(row(3, 8, 6)),
        REFLECTION_PAD(row(4, 5, 6)),
        CROP(row(4, 7, 6)),
        MOMENTS(row(4, 5, 6)),
        INSTANCE_NORM(row(4, 5, 6), row(4), row(4)),
        MAX_POOL(row(4, 7, 7)),
        AVG_POOL(row(4, 7, 7)),
        SUM_OVER_PIXELS(row(4, 4, 4)),
        GROUP_DEVIATION(row(4, 3, 2)),
        BATCH_NORM(row(4, 5, 5)),
        CLASS_NORM(row(4, 5, 5)),
        GROUP_NORM(row(4, 5, 5)),
        GROUP_NORM_OF_VECTORS(row(4, 6)),
        MODULATE(row(4, 3, 5), row(4), row(4)),
        MODULATE_VECTORS(row(4), row(4), row(4)),
        ATTENTION(row(2, 5, 3), row(2, 7, 3), row(2, 7, 4)),
        WAVES(row()),
        EMBEDDING(row(6)),
        RELU(row(6)),
        LEAKY_RELU(row(6)),
        SILU(row(6)),
        TANH(row(6)),
        SIGMOID(row(6)),
        SOFTMAX(row(6)),
        DROPOUT(row(6)),
        ADD_MUL(row(4, 3, 3), row(4, 3, 3)),
        CONCAT(row(4, 3, 3), row(2, 3, 3)),
        NARROW(row(6, 3, 4)),
        PERMUTE(row(2, 3, 4)),
        SUM_OVER_FEATURES(row(6)),
        RESHAPE(row(4, 8, 8));

        private final List<long[]> rows;

        Case(long[]... rows) {
            this.rows = List.of(rows);
        }

        private static long[] row(long... shape) {
            return shape;
        }

        private int[] batches() {
            return this == GROUP_DEVIATION ? new int[] {2, 6} : new int[] {1, 3};
        }

        private <V> V forward(Ops<V> ops, List<V> inputs, V label) {
            V x = inputs.getFirst();
            return switch (this) {
                case DENSE -> ops.dense(x, OpsRoundTripTest.DENSE, BIAS);
                case DENSE_WITHOUT_BIAS -> ops.dense(x, OpsRoundTripTest.DENSE, null);
                case CONV -> ops.conv(x, KERNEL, BIAS, 1, 1);
                case CONV_STRIDE -> ops.conv(x, KERNEL, null, 2, 1);
                case CONV_GREY -> ops.conv(x, GREY_KERNEL, BIAS, 1, 1);
                case CONV_TRANSPOSED -> ops.convTransposed(x, TRANSPOSED, BIAS, 2, 1);
                case UPSAMPLE -> ops.upsampleNearest(x, 2);
                case PIXEL_SHUFFLE -> ops.pixelShuffle(x, 2);
                case PIXEL_UNSHUFFLE -> ops.pixelUnshuffle(x, 2);
                case REFLECTION_PAD -> ops.reflectionPad(x, 3);
                case CROP -> ops.crop(x, 2);
                case MOMENTS -> ops.moments(x);
                case INSTANCE_NORM -> ops.instanceNorm(x, ops.moments(x), inputs.get(1), inputs.get(2));
                case MAX_POOL -> ops.maxPool(x, 2);
                case AVG_POOL -> ops.avgPool(x, 2);
                case SUM_OVER_PIXELS -> ops.scale(ops.sumOverPixels(x), 0.125);
                case GROUP_DEVIATION -> ops.groupDeviation(x, 2);
                case BATCH_NORM -> ops.batchNorm(x, NORM);
                case CLASS_NORM -> ops.classNorm(x, label, OpsRoundTripTest.CLASS_NORM);
                case GROUP_NORM, GROUP_NORM_OF_VECTORS -> ops.groupNorm(x, OpsRoundTripTest.GROUP_NORM);
                case MODULATE, MODULATE_VECTORS -> ops.modulate(x, inputs.get(1), inputs.get(2));
                case ATTENTION -> ops.attention(x, inputs.get(1), inputs.get(2));
                case WAVES -> ops.waves(x, 1, 30, 1000);
                case EMBEDDING -> ops.add(x, ops.embedding(label, TABLE));
                case RELU -> ops.relu(x);
                case LEAKY_RELU -> ops.leakyRelu(x, 0.2);
                case SILU -> ops.silu(x);
                case TANH -> ops.tanh(x);
                case SIGMOID -> ops.sigmoid(x);
                case SOFTMAX -> ops.softmax(x);
                case DROPOUT -> ops.relu(ops.dropout(x, 0.5));
                case ADD_MUL -> ops.add(x, ops.mul(x, inputs.get(1)));
                case CONCAT -> ops.concat(1, x, inputs.get(1));
                case NARROW -> ops.narrow(1, x, 2, 3);
                case PERMUTE -> ops.permute(x, 0, 3, 1, 2);
                case SUM_OVER_FEATURES -> ops.sumOverFeatures(x);
                case RESHAPE -> ops.reshapeRows(ops.reshapeRows(x, -1), 16, -1, 4);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void exportedOperationGivesTheSameNumbersForAnyBatch(Case one) throws Exception {
        OnnxGraph graph = new OnnxGraph("op");
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < one.rows.size(); i++) {
            values.add(graph.floatInput("x" + i, batched(-1, one.rows.get(i))));
        }
        graph.output("y", one.forward(new OnnxOps(graph), values, graph.longInput("label", -1)));
        try (OnnxRun onnx = new OnnxRun(graph.toBytes())) {
            for (int batch : one.batches()) {
                compare(one, onnx, batch);
            }
        }
    }

    private static void compare(Case one, OnnxRun onnx, int batch) throws Exception {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            torch.manual_seed(batch);
            List<Tensor> inputs = new ArrayList<>();
            Map<String, Tensor> named = new HashMap<>();
            for (int i = 0; i < one.rows.size(); i++) {
                inputs.add(torch.randn(batched(batch, one.rows.get(i))));
                named.put("x" + i, inputs.get(i));
            }
            Tensor label = Tensors.labels(ENGINE, 2, 0, 1, 1, 2, 0).narrow(0, 0, batch);
            named.put("label", label);
            float[] expected = Tensors.floats(one.forward(new TorchOps(false), inputs, label));
            assertThat(onnx.run("y", named)).usingComparatorWithPrecision(1e-5f).containsExactly(expected);
        }
    }

    private static long[] batched(long batch, long[] row) {
        long[] shape = new long[row.length + 1];
        shape[0] = batch;
        System.arraycopy(row, 0, shape, 1, row.length);
        return shape;
    }
}
