package io.atelier.learn.optim;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Losses; each gives the mean over the batch, in float32 whatever the forward pass ran in. */
public final class Losses {
    private static final long MEAN = 1;
    private static final long NO_INDEX_IGNORED = -100;

    private Losses() {}

    private static Tensor float32(Tensor x) {
        return x.to(ScalarType.Float);
    }

    /** Cross-entropy of logits (n, classes) with labels (n); smoothing spreads that share over all classes. */
    public static Tensor crossEntropy(Tensor logits, Tensor labels, double smoothing) {
        return torch.cross_entropy_loss(
                float32(logits), labels, new TensorOptional(), MEAN, NO_INDEX_IGNORED, smoothing);
    }

    /** Binary cross-entropy of logits with targets in 0..1, of the same shape. */
    public static Tensor binaryCrossEntropy(Tensor logits, Tensor targets) {
        return torch.binary_cross_entropy_with_logits(float32(logits), targets);
    }

    public static Tensor meanSquaredError(Tensor x, Tensor target) {
        return torch.mse_loss(float32(x), target);
    }

    /**
     * The non-saturating loss of a discriminator: softplus(-real) + softplus(fake).
     *
     * @see <a href="https://arxiv.org/abs/1406.2661">Goodfellow et al., Generative adversarial nets</a>
     */
    public static Tensor softplusDiscriminator(Tensor real, Tensor fake) {
        return torch.softplus(float32(real).neg())
                .mean()
                .add(torch.softplus(float32(fake)).mean());
    }

    /** The non-saturating loss of a generator: softplus(-fake). */
    public static Tensor softplusGenerator(Tensor fake) {
        return torch.softplus(float32(fake).neg()).mean();
    }

    /**
     * The hinge loss of a discriminator: max(0, 1 - real) + max(0, 1 + fake).
     *
     * @see <a href="https://arxiv.org/abs/1705.02894">Lim and Ye, Geometric GAN</a>
     */
    public static Tensor hingeDiscriminator(Tensor real, Tensor fake) {
        Scalar one = new Scalar(1.0);
        return torch.relu(float32(real).neg().add(one))
                .mean()
                .add(torch.relu(float32(fake).add(one)).mean());
    }

    /** The hinge loss of a generator: -fake. */
    public static Tensor hingeGenerator(Tensor fake) {
        return float32(fake).mean().neg();
    }

    /**
     * Half the squared length of the scores' gradient by the pictures, meaned over the batch; differentiable once more by
     * the discriminator's parameters.
     *
     * @param scores (n), computed in float32 from the pictures
     * @param pictures (n, c, h, w), requiring gradients
     * @see <a href="https://arxiv.org/abs/1801.04406">Mescheder et al., Which training methods for GANs do actually
     *     converge?</a>
     */
    public static Tensor r1(Tensor scores, Tensor pictures) {
        TensorVector gradients = torch.grad(
                new TensorVector(scores.sum()),
                new TensorVector(pictures),
                new TensorVector(),
                new BoolOptional(true),
                true,
                false);
        return gradients.get(0).square().sum(1, 2, 3).mean().mul(new Scalar(0.5));
    }
}
