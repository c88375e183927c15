package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Colour spaces that are made for a painting, and what needs no space. */
final class Colours {
    private static final double FLOOR = 2e-4; // a painting of few colours leaves the other directions as they are
    private static final double LEAST_VARIANCE = 1e-5; // of a photograph that is to be recoloured

    private Colours() {}

    /** A 1x1 convolution (3, 3, 1, 1) after which a painting's colours vary equally in all directions. */
    static Tensor whitening(Engine engine, Tensor painting) {
        return Symmetric.of(Maths.columns(painting).cov())
                .whitening(engine, FLOOR)
                .reshape(3, 3, 1, 1);
    }

    /** (1, 1, h, w) by the weights of ITU-R BT.601. */
    static Tensor luminance(Engine engine, Tensor picture) {
        return torch.conv2d(picture, Tensors.of(engine, new float[] {0.299f, 0.587f, 0.114f}, 1, 3, 1, 1));
    }

    /**
     * A photograph moved to a painting's mean and covariance of colours, by the least movement that does so.
     *
     * @see <a href="https://doi.org/10.1049/cp:20070055">Pitié and Kokaram, The linear Monge-Kantorovitch colour mapping</a>
     */
    static Tensor moved(Engine engine, Tensor photograph, Tensor painting) {
        Tensor from = Maths.columns(photograph);
        Tensor to = Maths.columns(painting);
        Symmetric own = Symmetric.of(from.cov());
        Tensor root = own.power(engine, 0.5, LEAST_VARIANCE);
        Tensor back = own.power(engine, -0.5, LEAST_VARIANCE);
        Tensor middle = Symmetric.of(root.matmul(to.cov()).matmul(root)).power(engine, 0.5, 0);
        return back.matmul(middle)
                .matmul(back)
                .matmul(from.sub(Maths.meanOfRows(from)))
                .add(Maths.meanOfRows(to))
                .reshape(photograph.shape())
                .clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
    }
}
