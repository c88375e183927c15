package io.atelier.learn.style;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Moments and filters of pictures that the terms of the loss share. */
final class Maths {
    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    private Maths() {}

    /** (n, channels, h, w) as columns of channels: (channels, n h w). */
    static Tensor columns(Tensor map) {
        return map.transpose(0, 1).reshape(map.size(1), -1);
    }

    static Tensor meanOfRows(Tensor matrix) {
        return matrix.mean(new long[] {1}, true, new ScalarTypeOptional());
    }

    /** x x' over the columns' number. */
    static Tensor secondMoment(Tensor columns) {
        return columns.matmul(columns.t()).div(new Scalar((double) columns.size(1)));
    }

    static Tensor meanSquare(Tensor a, Tensor b) {
        return torch.mse_loss(a, b);
    }

    /** Cross-correlation that keeps the size by mirrored edges; each group of channels has its own filters. */
    static Tensor filter(Tensor x, Tensor weight, TensorOptional bias, long groups) {
        long pad = weight.size(2) / 2;
        Tensor padded = pad == 0 ? x : torch.reflection_pad2d(x, pad, pad, pad, pad);
        return torch.conv2d(padded, weight, bias, ONE, NONE, ONE, groups);
    }

    static Tensor filter(Tensor x, Tensor weight) {
        return filter(x, weight, new TensorOptional(), 1);
    }

    /** Means of 2x2 pixels. */
    static Tensor halved(Tensor x) {
        return torch.avg_pool2d(x, 2, 2);
    }
}
