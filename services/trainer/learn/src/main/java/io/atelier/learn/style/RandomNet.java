package io.atelier.learn.style;

import io.atelier.kernel.Seeds;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.ops.Init;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A small convolutional network with orthogonal weights from a seed, nothing learnt: each layer is scaled and shifted so
 * that a painting's activations have mean 0 and variance 1 before they are rectified.
 *
 * @see <a href="https://arxiv.org/abs/1606.04801">He, Wang and Hopcroft, A powerful generative model using random weights
 *     for the deep image representation</a>
 * @see <a href="https://arxiv.org/abs/1511.06422">Mishkin and Matas, All you need is a good init</a>
 */
final class RandomNet implements FeatureMaps {
    private static final List<Layer> LAYERS = List.of(
            new Layer(3, 32, false), new Layer(32, 64, true), new Layer(64, 96, true), new Layer(96, 128, true));

    private final List<Tensor> weights = new ArrayList<>();
    private final List<Tensor> biases = new ArrayList<>();
    private final int layers;

    private record Layer(int in, int out, boolean halves) {}

    /**
     * The network for a painting.
     *
     * @param side the shorter side of the smallest picture it will see; later layers are left out where it is too small
     * @param kept owns the weights
     */
    RandomNet(Engine engine, Tensor painting, long side, long seed, Kept kept) {
        Tensor x = painting;
        long left = side;
        int made = 0;
        for (Layer layer : LAYERS) {
            left = layer.halves() ? left / 2 : left;
            if (left < 2) {
                break;
            }
            float[] values = Init.orthogonal().values(Seeds.derive(seed, made), layer.out(), layer.in(), 3, 3);
            Tensor plain = Tensors.of(engine, values, layer.out(), layer.in(), 3, 3);
            x = layer.halves() ? Maths.halved(x) : x;
            Tensor seen = Maths.columns(Maths.filter(x, plain));
            Tensor mean = Maths.meanOfRows(seen);
            Tensor deviation = Maths.meanOfRows(seen.sub(mean).square()).sqrt().add(new Scalar(1e-5));
            Tensor weight = kept.keep(plain.div(deviation.reshape(-1, 1, 1, 1)));
            weights.add(weight);
            Tensor bias = kept.keep(mean.div(deviation).neg().reshape(-1));
            biases.add(bias);
            x = torch.relu(Maths.filter(x, weight, new TensorOptional(bias), 1));
            made++;
        }
        layers = made;
    }

    @Override
    public List<Tensor> of(Tensor picture) {
        List<Tensor> maps = new ArrayList<>();
        Tensor x = picture;
        for (int i = 0; i < layers; i++) {
            Layer layer = LAYERS.get(i);
            x = layer.halves() ? Maths.halved(x) : x;
            x = torch.relu(Maths.filter(x, weights.get(i), new TensorOptional(biases.get(i)), 1));
            maps.add(x);
        }
        return maps;
    }
}
