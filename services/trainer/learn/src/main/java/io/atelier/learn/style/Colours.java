package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Colour spaces that are made for a painting, and what needs no space. */
final class Colours {
    private static final double FLOOR = 2e-4; // a painting of few colours leaves the other directions as they are

    private Colours() {}

    /** A 1x1 convolution (3, 3, 1, 1) after which a painting's colours vary equally in all directions. */
    static Tensor whitening(Tensor painting) {
        T_TensorTensor_T parts = torch.linalg_eigh(Maths.columns(painting).cov().to(ScalarType.Double));
        Tensor deviations = parts.get0().clone().add(new Scalar(FLOOR)).sqrt().reshape(3, 1);
        return parts.get1().clone().t().div(deviations).to(ScalarType.Float).reshape(3, 3, 1, 1);
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
    static Tensor moved(Tensor photograph, Tensor painting) {
        Tensor from = Maths.columns(photograph);
        Tensor to = Maths.columns(painting);
        Tensor root = Maths.power(from.cov(), 0.5, 1e-5);
        Tensor back = Maths.power(from.cov(), -0.5, 1e-5);
        Tensor middle = Maths.power(root.matmul(to.cov().to(ScalarType.Double)).matmul(root), 0.5, 1e-9);
        Tensor map = back.matmul(middle).matmul(back).to(ScalarType.Float);
        return map.matmul(from.sub(Maths.meanOfRows(from)))
                .add(Maths.meanOfRows(to))
                .reshape(photograph.shape())
                .clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
    }
}
