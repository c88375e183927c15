package io.atelier.learn.ops;

import org.jspecify.annotations.Nullable;

/**
 * The operations networks are made of. Pictures are (batch, channels, height, width), vectors (batch, features), labels
 * (batch) of int64; the batch axis comes first and its size is never fixed.
 *
 * <p>Semantics are PyTorch's; {@link OnnxOps} translates where ONNX differs.
 *
 * @param <V> a value: a tensor, or a name in a graph
 */
public interface Ops<V> {

    /** x W' + b. Weight (out, in), bias (out). */
    V dense(V x, Param weight, @Nullable Param bias);

    /** Cross-correlation with a square window. Weight (out, in, k, k), bias (out). */
    V conv(V x, Param weight, @Nullable Param bias, int stride, int padding);

    /** The gradient of {@link #conv} by its input, as a layer. Weight (in, out, k, k), bias (out). */
    V convTransposed(V x, Param weight, @Nullable Param bias, int stride, int padding);

    /** Mirrors this many pixels at every edge, the edge itself not repeated; the sides are longer than that. */
    V reflectionPad(V x, int pixels);

    /** Cuts this many pixels off every edge. */
    V crop(V x, int pixels);

    /** Each pixel becomes factor x factor equal ones. */
    V upsampleNearest(V x, int factor);

    /** (n, c f f, h, w) to (n, c, h f, w f). */
    V pixelShuffle(V x, int factor);

    /** (n, c, h f, w f) to (n, c f f, h, w). */
    V pixelUnshuffle(V x, int factor);

    /** The largest of each size x size window; windows do not overlap, a rest at the border is dropped. */
    V maxPool(V x, int size);

    /** The mean of each size x size window; windows do not overlap, a rest at the border is dropped. */
    V avgPool(V x, int size);

    /** The sum over all pixels: (n, c, h, w) to (n, c). */
    V sumOverPixels(V x);

    /**
     * How much the pictures of a group differ, as a channel to be read beside the others: (n, c, h, w) to (n, 1, h, w).
     * Each feature's standard deviation over the group, the mean of these over all features, at every pixel.
     *
     * @param group consecutive pictures that are compared; n is a multiple of it
     * @see <a href="https://arxiv.org/abs/1710.10196">Karras et al., Progressive growing of GANs, section 3</a>
     */
    V groupDeviation(V x, int group);

    /** Every channel's mean and variance over all pixels of a row: (n, c, h, w) to (n, 2 c), the means first. In float32 also under autocast. */
    V moments(V x);

    /**
     * Conditional instance normalisation: every channel by its own mean and variance, then {@link #modulate}d. The moments
     * are an input, so that a part of a picture can be normalised by the whole picture's.
     *
     * @param x (n, channels, h, w)
     * @param moments (n, 2 channels), as {@link #moments} gives them
     * @param gain (n, channels), added to 1
     * @param bias (n, channels)
     * @see <a href="https://arxiv.org/abs/1610.07629">Dumoulin et al., A learned representation for artistic style</a>
     */
    V instanceNorm(V x, V moments, V gain, V bias);

    /** Batch normalisation with gain and bias per channel: by the batch while training, by running statistics after. */
    V batchNorm(V x, Norm norm);

    /** Batch normalisation whose gain and bias are looked up by the label. */
    V classNorm(V x, V label, ClassNorm norm);

    /**
     * Normalises every row's groups of channels to mean 0 and variance 1, then gain and bias per channel; the same while
     * training and after. x (n, channels, ...).
     */
    V groupNorm(V x, GroupNorm norm);

    /**
     * x (1 + gain) + bias, each row by its own vectors. x (n, channels, ...), gain and bias (n, channels).
     *
     * @see <a href="https://arxiv.org/abs/1709.07871">Perez et al., FiLM</a>
     */
    V modulate(V x, V gain, V bias);

    /**
     * What each query finds: softmax(q k' / sqrt(width)) v over the last two axes.
     *
     * @param query (n, heads, queries, width)
     * @param key (n, heads, keys, width)
     * @param value (n, heads, keys, width of an answer)
     * @return (n, heads, queries, width of an answer)
     * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al., Attention is all you need, section 3.2.1</a>
     */
    V attention(V query, V key, V value);

    /**
     * Numbers as waves of several lengths, so that a network tells near ones apart: (n) to (n, 2 frequencies), the sines of
     * number x frequency and then the cosines. In float32 also under autocast.
     *
     * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al., Attention is all you need, section 3.5</a>
     */
    V waves(V number, float... frequencies);

    /** Rows of a (count, features) table. */
    V embedding(V label, Param table);

    V relu(V x);

    V leakyRelu(V x, double slope);

    /**
     * x sigmoid(x).
     *
     * @see <a href="https://arxiv.org/abs/1702.03118">Elfwing et al., Sigmoid-weighted linear units</a>
     */
    V silu(V x);

    V tanh(V x);

    V sigmoid(V x);

    /** Softmax over the second axis. */
    V softmax(V x);

    /** Zeroes elements with this probability and scales the rest while training; afterwards does nothing. */
    V dropout(V x, double probability);

    V add(V a, V b);

    V mul(V a, V b);

    V scale(V x, double factor);

    V concat(int axis, V a, V b);

    /** The part of an axis from this index on; not of the batch axis. */
    V narrow(int axis, V x, long from, long count);

    /** The same values with these of x's axes in this order; the batch axis stays first. */
    V permute(V x, int... axes);

    /** Sum over the second axis of a (n, features) value, giving (n). */
    V sumOverFeatures(V x);

    /** Gives every row this shape; one entry may be -1. */
    V reshapeRows(V x, long... row);
}
