package io.atelier.learn.ops;

import java.util.Arrays;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Computes on libtorch. Values belong to the pointer scope they are made in. Pictures are laid out channels-last, which
 * changes no result's meaning and makes convolutions on a CPU up to three times faster.
 *
 * @param training whether normalisation uses the batch and dropout drops
 */
public record TorchOps(boolean training) implements Ops<Tensor> {
    static final double DEVIATION_FLOOR = 1e-8; // a square root's slope is finite above 0

    static final double INSTANCE_EPSILON = 1e-5;

    private static final long[] ONE = {1, 1};
    private static final long[] ZERO = {0, 0};
    private static final long[] PIXELS = {2, 3};

    private static TensorOptional optional(@Nullable Param param) {
        return param == null ? new TensorOptional() : new TensorOptional(param.tensor());
    }

    private static long[] square(long side) {
        return new long[] {side, side};
    }

    /** One channel looks the same in both layouts; its strides must say which is meant, else the rest runs in the slow one. */
    private static Tensor channelsLast(Tensor x) {
        if (x.size(1) == 1) {
            long width = x.size(3);
            return x.contiguous().as_strided(x.shape(), new long[] {x.size(2) * width, 1, width, 1});
        }
        return x.contiguous(MemoryFormat.ChannelsLast);
    }

    @Override
    public Tensor dense(Tensor x, Param weight, @Nullable Param bias) {
        return torch.linear(x, weight.tensor(), optional(bias));
    }

    @Override
    public Tensor conv(Tensor x, Param weight, @Nullable Param bias, int stride, int padding) {
        return torch.conv2d(channelsLast(x), weight.tensor(), optional(bias), square(stride), square(padding), ONE, 1);
    }

    @Override
    public Tensor convTransposed(Tensor x, Param weight, @Nullable Param bias, int stride, int padding) {
        return torch.conv_transpose2d(
                channelsLast(x), weight.tensor(), optional(bias), square(stride), square(padding), ZERO, 1, ONE);
    }

    @Override
    public Tensor reflectionPad(Tensor x, int pixels) {
        return torch.reflection_pad2d(channelsLast(x), pixels, pixels, pixels, pixels);
    }

    @Override
    public Tensor crop(Tensor x, int pixels) {
        return x.narrow(2, pixels, x.size(2) - 2L * pixels).narrow(3, pixels, x.size(3) - 2L * pixels);
    }

    @Override
    public Tensor upsampleNearest(Tensor x, int factor) {
        return torch.upsample_nearest2d(
                x, new long[] {x.size(2) * factor, x.size(3) * factor}, new DoubleOptional(), new DoubleOptional());
    }

    @Override
    public Tensor pixelShuffle(Tensor x, int factor) {
        return torch.pixel_shuffle(x, factor);
    }

    @Override
    public Tensor pixelUnshuffle(Tensor x, int factor) {
        return torch.pixel_unshuffle(x, factor);
    }

    @Override
    public Tensor maxPool(Tensor x, int size) {
        return torch.max_pool2d(x, square(size), square(size), ZERO, ONE, false);
    }

    @Override
    public Tensor avgPool(Tensor x, int size) {
        return torch.avg_pool2d(x, square(size), square(size), ZERO, false, true, new LongOptional());
    }

    @Override
    public Tensor sumOverPixels(Tensor x) {
        return x.sum(2, 3);
    }

    /** In float32 also under autocast: bfloat16 would lose the small differences it is about. */
    @Override
    public Tensor groupDeviation(Tensor x, int group) {
        Tensor rows = x.to(ScalarType.Float).reshape(x.size(0) / group, group, -1);
        Tensor centred = rows.sub(rows.mean(new long[] {1}, true, new ScalarTypeOptional()));
        Tensor variance = centred.square().mean(new long[] {1}, false, new ScalarTypeOptional());
        Tensor deviation = variance.add(new Scalar(DEVIATION_FLOOR))
                .sqrt()
                .mean(new long[] {1}, true, new ScalarTypeOptional())
                .expand(x.size(0) / group, group)
                .reshape(x.size(0), 1, 1, 1);
        return deviation.expand(x.size(0), 1, x.size(2), x.size(3)).to(x.scalar_type());
    }

    @Override
    public Tensor moments(Tensor x) {
        Tensor values = x.to(ScalarType.Float);
        Tensor mean = values.mean(PIXELS, true, new ScalarTypeOptional());
        Tensor variance = values.sub(mean).square().mean(PIXELS, false, new ScalarTypeOptional());
        return torch.cat(new TensorVector(mean.flatten(1, 3), variance), 1);
    }

    /** As one multiplication and one addition a pixel: gain and deviation make one factor, bias and mean one summand. */
    @Override
    public Tensor instanceNorm(Tensor x, Tensor moments, Tensor gain, Tensor bias) {
        long channels = x.size(1);
        Tensor mean = moments.narrow(1, 0, channels);
        Tensor deviation = moments.narrow(1, channels, channels)
                .add(new Scalar(INSTANCE_EPSILON))
                .sqrt();
        Tensor factor = gain.add(new Scalar(1.0)).div(deviation);
        Tensor summand = bias.sub(mean.mul(factor));
        return torch.addcmul(
                perPixel(summand, x).to(x.scalar_type()), x, perPixel(factor, x).to(x.scalar_type()));
    }

    @Override
    public Tensor batchNorm(Tensor x, Norm norm) {
        return torch.batch_norm(
                x,
                optional(norm.gain()),
                optional(norm.bias()),
                optional(norm.mean()),
                optional(norm.variance()),
                training,
                Norm.MOMENTUM,
                Norm.EPSILON,
                false);
    }

    @Override
    public Tensor classNorm(Tensor x, Tensor label, ClassNorm norm) {
        Tensor plain = torch.batch_norm(
                x,
                optional(null),
                optional(null),
                optional(norm.mean()),
                optional(norm.variance()),
                training,
                Norm.MOMENTUM,
                Norm.EPSILON,
                false);
        return torch.addcmul(perPixel(norm.bias(), label, plain), plain, perPixel(norm.gain(), label, plain));
    }

    private static Tensor perPixel(Param table, Tensor label, Tensor like) {
        return torch.embedding(table.tensor(), label)
                .view(label.size(0), like.size(1), 1, 1)
                .to(like.scalar_type());
    }

    @Override
    public Tensor groupNorm(Tensor x, GroupNorm norm) {
        return torch.group_norm(
                x, norm.groups(), optional(norm.gain()), optional(norm.bias()), GroupNorm.EPSILON, false);
    }

    @Override
    public Tensor modulate(Tensor x, Tensor gain, Tensor bias) {
        return x.mul(perPixel(gain.add(new Scalar(1.0)), x)).add(perPixel(bias, x));
    }

    /** A row's vector at every place of the axes behind the channels. */
    private static Tensor perPixel(Tensor vectors, Tensor like) {
        long[] shape = new long[(int) like.dim()];
        Arrays.fill(shape, 1);
        shape[0] = vectors.size(0);
        shape[1] = vectors.size(1);
        return vectors.reshape(shape);
    }

    @Override
    public Tensor attention(Tensor query, Tensor key, Tensor value) {
        return torch.scaled_dot_product_attention(query, key, value);
    }

    @Override
    public Tensor waves(Tensor number, float... frequencies) {
        Tensor lengths = Tensor.create(frequencies, frequencies.length).to(number.device(), ScalarType.Float);
        Tensor angles = number.to(ScalarType.Float).unsqueeze(1).mul(lengths);
        return torch.cat(new TensorVector(angles.sin(), angles.cos()), 1);
    }

    @Override
    public Tensor embedding(Tensor label, Param table) {
        return torch.embedding(table.tensor(), label);
    }

    @Override
    public Tensor relu(Tensor x) {
        return torch.relu(x);
    }

    @Override
    public Tensor leakyRelu(Tensor x, double slope) {
        return torch.leaky_relu(x, new Scalar(slope));
    }

    @Override
    public Tensor silu(Tensor x) {
        return torch.silu(x);
    }

    @Override
    public Tensor tanh(Tensor x) {
        return torch.tanh(x);
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return torch.sigmoid(x);
    }

    @Override
    public Tensor softmax(Tensor x) {
        return torch.softmax(x, 1);
    }

    @Override
    public Tensor dropout(Tensor x, double probability) {
        return training ? torch.dropout(x, probability, true) : x;
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return a.add(b);
    }

    @Override
    public Tensor mul(Tensor a, Tensor b) {
        return a.mul(b);
    }

    @Override
    public Tensor scale(Tensor x, double factor) {
        return x.mul(new Scalar(factor));
    }

    @Override
    public Tensor concat(int axis, Tensor a, Tensor b) {
        return torch.cat(new TensorVector(a, b), axis);
    }

    @Override
    public Tensor narrow(int axis, Tensor x, long from, long count) {
        return x.narrow(axis, from, count);
    }

    @Override
    public Tensor permute(Tensor x, int... axes) {
        return x.permute(Arrays.stream(axes).asLongStream().toArray());
    }

    @Override
    public Tensor sumOverFeatures(Tensor x) {
        return x.sum(1);
    }

    @Override
    public Tensor reshapeRows(Tensor x, long... row) {
        long[] shape = new long[row.length + 1];
        shape[0] = x.size(0);
        System.arraycopy(row, 0, shape, 1, row.length);
        return x.reshape(shape);
    }
}
