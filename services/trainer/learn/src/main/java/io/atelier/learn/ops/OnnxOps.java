package io.atelier.learn.ops;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the network into an ONNX graph, as it computes after training: dropout is left out, normalisation uses running
 * statistics.
 *
 * @param graph receives the nodes
 */
public record OnnxOps(OnnxGraph graph) implements Ops<Value> {
    private static final Map<String, Object> NONE = Map.of();

    private String constant(Param param) {
        return graph.constant(param.name(), param.shape(), param.floats());
    }

    private String[] inputs(Value x, Param weight, @Nullable Param bias) {
        return bias == null
                ? new String[] {x.name(), constant(weight)}
                : new String[] {x.name(), constant(weight), constant(bias)};
    }

    private Value same(String operator, Map<String, Object> attributes, Value x, String... more) {
        String[] inputs = new String[more.length + 1];
        inputs[0] = x.name();
        System.arraycopy(more, 0, inputs, 1, more.length);
        return graph.node(operator, attributes, x.shape(), inputs);
    }

    private static long[] picture(Value x, long channels, long height, long width) {
        return new long[] {x.shape()[0], channels, height, width};
    }

    @Override
    public Value dense(Value x, Param weight, @Nullable Param bias) {
        return graph.node(
                "Gemm", Map.of("transB", 1), new long[] {x.shape()[0], weight.shape()[0]}, inputs(x, weight, bias));
    }

    @Override
    public Value conv(Value x, Param weight, @Nullable Param bias, int stride, int padding) {
        long kernel = weight.shape()[2];
        long[] shape = picture(
                x,
                weight.shape()[0],
                convolved(x.shape()[2], kernel, stride, padding),
                convolved(x.shape()[3], kernel, stride, padding));
        return graph.node("Conv", window(stride, padding), shape, inputs(x, weight, bias));
    }

    private static long convolved(long size, long kernel, int stride, int padding) {
        return size < 0 ? size : (size + 2L * padding - kernel) / stride + 1;
    }

    @Override
    public Value convTransposed(Value x, Param weight, @Nullable Param bias, int stride, int padding) {
        long kernel = weight.shape()[2];
        long[] shape = picture(
                x,
                weight.shape()[1],
                spread(x.shape()[2], kernel, stride, padding),
                spread(x.shape()[3], kernel, stride, padding));
        return graph.node("ConvTranspose", window(stride, padding), shape, inputs(x, weight, bias));
    }

    private static long spread(long size, long kernel, int stride, int padding) {
        return size < 0 ? size : (size - 1) * stride - 2L * padding + kernel;
    }

    private static Map<String, Object> window(int stride, int padding) {
        return Map.of("strides", new long[] {stride, stride}, "pads", new long[] {padding, padding, padding, padding});
    }

    @Override
    public Value reflectionPad(Value x, int pixels) {
        long[] shape = picture(x, x.channels(), wider(x.shape()[2], pixels), wider(x.shape()[3], pixels));
        return graph.node(
                "Pad",
                Map.of("mode", "reflect"),
                shape,
                x.name(),
                graph.longs(0, 0, pixels, pixels, 0, 0, pixels, pixels));
    }

    private static long wider(long size, int pixels) {
        return size < 0 ? size : size + 2L * pixels;
    }

    @Override
    public Value crop(Value x, int pixels) {
        long[] shape = picture(x, x.channels(), wider(x.shape()[2], -pixels), wider(x.shape()[3], -pixels));
        return graph.node(
                "Slice",
                NONE,
                shape,
                x.name(),
                graph.longs(pixels, pixels),
                graph.longs(-pixels, -pixels),
                graph.longs(2, 3));
    }

    @Override
    public Value upsampleNearest(Value x, int factor) {
        String scales = graph.constant("nearest_x" + factor, new long[] {4}, new float[] {1, 1, factor, factor});
        Map<String, Object> attributes =
                Map.of("mode", "nearest", "coordinate_transformation_mode", "asymmetric", "nearest_mode", "floor");
        long[] shape = picture(x, x.channels(), larger(x.shape()[2], factor), larger(x.shape()[3], factor));
        return graph.node("Resize", attributes, shape, x.name(), "", scales);
    }

    @Override
    public Value pixelShuffle(Value x, int factor) {
        long[] shape = picture(
                x, x.channels() / ((long) factor * factor), larger(x.shape()[2], factor), larger(x.shape()[3], factor));
        return graph.node("DepthToSpace", Map.of("blocksize", factor, "mode", "CRD"), shape, x.name());
    }

    /** SpaceToDepth puts the position within the block before the channel, PyTorch after it: a Gather reorders. */
    @Override
    public Value pixelUnshuffle(Value x, int factor) {
        int channels = Math.toIntExact(x.channels());
        int block = factor * factor;
        long[] shape =
                picture(x, (long) channels * block, smaller(x.shape()[2], factor), smaller(x.shape()[3], factor));
        Value folded = graph.node("SpaceToDepth", Map.of("blocksize", factor), shape, x.name());
        long[] order = new long[channels * block];
        for (int i = 0; i < order.length; i++) {
            order[i] = (long) (i % block) * channels + i / block;
        }
        return graph.node("Gather", Map.of("axis", 1), shape, folded.name(), graph.longs(order));
    }

    private static long larger(long size, int factor) {
        return size < 0 ? size : size * factor;
    }

    private static long smaller(long size, int factor) {
        return size < 0 ? size : size / factor;
    }

    @Override
    public Value maxPool(Value x, int size) {
        return pool("MaxPool", x, size);
    }

    @Override
    public Value avgPool(Value x, int size) {
        return pool("AveragePool", x, size);
    }

    private Value pool(String operator, Value x, int size) {
        long[] side = {size, size};
        long[] shape = picture(x, x.channels(), smaller(x.shape()[2], size), smaller(x.shape()[3], size));
        return graph.node(operator, Map.of("kernel_shape", side, "strides", side), shape, x.name());
    }

    @Override
    public Value sumOverPixels(Value x) {
        return graph.node(
                "ReduceSum",
                Map.of("keepdims", 0),
                new long[] {x.shape()[0], x.channels()},
                x.name(),
                graph.longs(2, 3));
    }

    @Override
    public Value groupDeviation(Value x, int group) {
        long height = x.shape()[2];
        long width = x.shape()[3];
        long[] rows = {-1, group, x.channels() * height * width};
        Value grouped = graph.node("Reshape", NONE, rows, x.name(), graph.longs(rows));
        Value centred = same("Sub", NONE, grouped, mean(grouped, 1).name());
        Value variance = mean(same("Mul", NONE, centred, centred.name()), 1);
        String floor = graph.constant("deviation_floor", new long[0], new float[] {(float) TorchOps.DEVIATION_FLOOR});
        Value deviation = mean(same("Sqrt", NONE, same("Add", NONE, variance, floor)), 2);
        long[] spread = {-1, group, height * width};
        Value everywhere = graph.node("Expand", NONE, spread, deviation.name(), graph.longs(1, group, height * width));
        return graph.node(
                "Reshape", NONE, picture(x, 1, height, width), everywhere.name(), graph.longs(-1, 1, height, width));
    }

    private Value mean(Value x, int axis) {
        long[] shape = x.shape().clone();
        shape[axis] = 1;
        return graph.node("ReduceMean", Map.of("keepdims", 1), shape, x.name(), graph.longs(axis));
    }

    @Override
    public Value moments(Value x) {
        long[] perPixel = picture(x, x.channels(), 1, 1);
        long[] vector = {x.shape()[0], x.channels()};
        Value mean = graph.node("ReduceMean", Map.of("keepdims", 1), perPixel, x.name(), graph.longs(2, 3));
        Value centred = same("Sub", NONE, x, mean.name());
        Value square = same("Mul", NONE, centred, centred.name());
        Value variance = graph.node("ReduceMean", Map.of("keepdims", 0), vector, square.name(), graph.longs(2, 3));
        return concat(1, graph.node("Squeeze", NONE, vector, mean.name(), graph.longs(2, 3)), variance);
    }

    @Override
    public Value instanceNorm(Value x, Value moments, Value gain, Value bias) {
        long channels = x.channels();
        Value mean = narrow(1, moments, 0, channels);
        String floor = graph.constant("instance_epsilon", new long[0], new float[] {(float) TorchOps.INSTANCE_EPSILON});
        Value deviation = same("Sqrt", NONE, same("Add", NONE, narrow(1, moments, channels, channels), floor));
        String one = graph.constant("modulate_one", new long[0], new float[] {1});
        Value factor = same("Div", NONE, same("Add", NONE, gain, one), deviation.name());
        Value summand = same("Sub", NONE, bias, mul(mean, factor).name());
        Value scaled = same("Mul", NONE, x, perPixel(factor, x).name());
        return same("Add", NONE, scaled, perPixel(summand, x).name());
    }

    @Override
    public Value batchNorm(Value x, Norm norm) {
        return same(
                "BatchNormalization",
                Map.of("epsilon", Norm.EPSILON),
                x,
                constant(norm.gain()),
                constant(norm.bias()),
                constant(norm.mean()),
                constant(norm.variance()));
    }

    /** ONNX has no normalisation without gain and bias over a free batch: both and the statistics fold into two tables. */
    @Override
    public Value classNorm(Value x, Value label, ClassNorm norm) {
        float[] gain = norm.gain().floats();
        float[] bias = norm.bias().floats();
        float[] mean = norm.mean().floats();
        float[] variance = norm.variance().floats();
        for (int i = 0; i < gain.length; i++) {
            int channel = i % mean.length;
            double scaled = gain[i] / Math.sqrt(variance[channel] + Norm.EPSILON);
            bias[i] = (float) (bias[i] - mean[channel] * scaled);
            gain[i] = (float) scaled;
        }
        long[] table = norm.gain().shape();
        String gains = graph.constant(norm.gain().name() + ".folded", table, gain);
        String biases = graph.constant(norm.bias().name() + ".folded", table, bias);
        Value scaled = same("Mul", NONE, x, perPixel(gains, label, x).name());
        return same("Add", NONE, scaled, perPixel(biases, label, x).name());
    }

    /** PyTorch's own translation: opset 18's GroupNormalization takes a gain per group instead of one per channel. */
    @Override
    public Value groupNorm(Value x, GroupNorm norm) {
        int groups = norm.groups();
        Value grouped = reshapeRows(x, groups, -1);
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        Value normal = same(
                "InstanceNormalization",
                Map.of("epsilon", GroupNorm.EPSILON),
                grouped,
                graph.constant("groups_" + groups + "_ones", new long[] {groups}, ones),
                graph.constant("groups_" + groups + "_zeros", new long[] {groups}, new float[groups]));
        Value shape = graph.node("Shape", NONE, new long[] {x.rank()}, x.name());
        Value whole = graph.node("Reshape", NONE, x.shape(), normal.name(), shape.name());
        Value scaled = same("Mul", NONE, whole, perChannel(norm.gain(), x));
        return same("Add", NONE, scaled, perChannel(norm.bias(), x));
    }

    private String perChannel(Param vector, Value x) {
        long[] column = new long[x.rank() - 1];
        Arrays.fill(column, 1);
        column[0] = vector.count();
        return graph.constant(vector.name(), column, vector.floats());
    }

    @Override
    public Value modulate(Value x, Value gain, Value bias) {
        String one = graph.constant("modulate_one", new long[0], new float[] {1});
        Value factor = same("Add", NONE, gain, one);
        Value scaled = same("Mul", NONE, x, perPixel(factor, x).name());
        return same("Add", NONE, scaled, perPixel(bias, x).name());
    }

    /** A row's vector at every place of the axes behind the channels. */
    private Value perPixel(Value vectors, Value x) {
        if (x.rank() == 2) {
            return vectors;
        }
        long[] axes = LongStream.range(2, x.rank()).toArray();
        long[] shape = x.shape().clone();
        Arrays.fill(shape, 2, shape.length, 1);
        return graph.node("Unsqueeze", NONE, shape, vectors.name(), graph.longs(axes));
    }

    @Override
    public Value attention(Value query, Value key, Value value) {
        long[] shape = query.shape();
        Value turned = permute(key, 0, 1, 3, 2);
        Value scaled = scale(query, 1 / Math.sqrt(shape[3]));
        Value scores = graph.node(
                "MatMul",
                NONE,
                new long[] {shape[0], shape[1], shape[2], key.shape()[2]},
                scaled.name(),
                turned.name());
        Value weights = same("Softmax", Map.of("axis", -1), scores);
        return graph.node(
                "MatMul",
                NONE,
                new long[] {shape[0], shape[1], shape[2], value.shape()[3]},
                weights.name(),
                value.name());
    }

    @Override
    public Value waves(Value number, float... frequencies) {
        int count = frequencies.length;
        Value column = graph.node("Unsqueeze", NONE, new long[] {number.shape()[0], 1}, number.name(), graph.longs(1));
        String lengths = graph.constant("frequencies_" + Arrays.hashCode(frequencies), new long[] {count}, frequencies);
        Value angles = graph.node("Mul", NONE, new long[] {number.shape()[0], count}, column.name(), lengths);
        return concat(1, same("Sin", NONE, angles), same("Cos", NONE, angles));
    }

    private Value perPixel(String table, Value label, Value x) {
        Value rows = graph.node("Gather", NONE, new long[] {label.shape()[0], x.channels()}, table, label.name());
        return graph.node("Unsqueeze", NONE, picture(x, x.channels(), 1, 1), rows.name(), graph.longs(2, 3));
    }

    @Override
    public Value embedding(Value label, Param table) {
        return graph.node(
                "Gather", NONE, new long[] {label.shape()[0], table.shape()[1]}, constant(table), label.name());
    }

    @Override
    public Value relu(Value x) {
        return same("Relu", NONE, x);
    }

    @Override
    public Value leakyRelu(Value x, double slope) {
        return same("LeakyRelu", Map.of("alpha", slope), x);
    }

    @Override
    public Value silu(Value x) {
        return mul(x, sigmoid(x));
    }

    @Override
    public Value tanh(Value x) {
        return same("Tanh", NONE, x);
    }

    @Override
    public Value sigmoid(Value x) {
        return same("Sigmoid", NONE, x);
    }

    @Override
    public Value softmax(Value x) {
        return same("Softmax", Map.of("axis", 1), x);
    }

    @Override
    public Value dropout(Value x, double probability) {
        return x;
    }

    @Override
    public Value add(Value a, Value b) {
        return same("Add", NONE, a, b.name());
    }

    @Override
    public Value mul(Value a, Value b) {
        return same("Mul", NONE, a, b.name());
    }

    @Override
    public Value scale(Value x, double factor) {
        String name = "factor_" + (float) factor;
        return same("Mul", NONE, x, graph.constant(name, new long[0], new float[] {(float) factor}));
    }

    @Override
    public Value concat(int axis, Value a, Value b) {
        long[] shape = a.shape().clone();
        shape[axis] += b.shape()[axis];
        return graph.node("Concat", Map.of("axis", axis), shape, a.name(), b.name());
    }

    @Override
    public Value narrow(int axis, Value x, long from, long count) {
        long[] shape = x.shape().clone();
        shape[axis] = count;
        return graph.node(
                "Slice", NONE, shape, x.name(), graph.longs(from), graph.longs(from + count), graph.longs(axis));
    }

    @Override
    public Value permute(Value x, int... axes) {
        long[] order = Arrays.stream(axes).asLongStream().toArray();
        long[] shape = Arrays.stream(axes).mapToLong(axis -> x.shape()[axis]).toArray();
        return graph.node("Transpose", Map.of("perm", order), shape, x.name());
    }

    @Override
    public Value sumOverFeatures(Value x) {
        return graph.node("ReduceSum", Map.of("keepdims", 0), new long[] {x.shape()[0]}, x.name(), graph.longs(1));
    }

    @Override
    public Value reshapeRows(Value x, long... row) {
        long[] target = new long[row.length + 1]; // 0 keeps the batch
        System.arraycopy(row, 0, target, 1, row.length);
        long[] shape = target.clone();
        shape[0] = x.shape()[0];
        long size = 1;
        for (int axis = 1; axis < x.rank(); axis++) {
            size *= x.shape()[axis];
        }
        for (int axis = 1; axis < shape.length; axis++) {
            if (shape[axis] < 0) {
                long rest = 1;
                for (long dimension : row) {
                    rest *= dimension < 0 ? 1 : dimension;
                }
                shape[axis] = size / rest;
            }
        }
        return graph.node("Reshape", NONE, shape, x.name(), graph.longs(target));
    }
}
