package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How far a picture's features are from a painting's in mean and covariance, wherever in the picture they are. Features are
 * whitened by the painting's own covariance, in part or wholly, so that rare ones count beside common ones; what is left is
 * told as a share of the painting's.
 */
final class SecondMoments {
    private static final double FLOOR = 0.003;
    private static final double MEAN_SHARE = 0.3;

    private final FeatureMaps features;
    private final List<Target> targets = new ArrayList<>();

    /** A map's mean (c, 1), the whitening (c, c), the painting's second moment after both (c, c). */
    private record Target(Tensor mean, Tensor whitening, Tensor moment, double squares) {}

    /**
     * The statistic of a painting.
     *
     * @param features what is read off pictures
     * @param whitened 0 leaves the covariance as it is, 1 makes it even
     * @param kept owns the painting's numbers
     */
    SecondMoments(Engine engine, FeatureMaps features, Tensor painting, double whitened, Kept kept) {
        this.features = features;
        for (Tensor map : features.of(painting)) {
            Tensor columns = Maths.columns(map);
            Tensor mean = Maths.meanOfRows(columns);
            Tensor covariance = Maths.secondMoment(columns.sub(mean));
            Tensor variance = covariance.diagonal().mean();
            Tensor whitening = Symmetric.of(covariance.div(variance))
                    .power(engine, -whitened / 2, FLOOR)
                    .div(variance.sqrt());
            Tensor moment = whitening.matmul(covariance).matmul(whitening);
            targets.add(new Target(
                    kept.keep(mean),
                    kept.keep(whitening),
                    kept.keep(moment),
                    moment.square().sum().item_double()));
        }
    }

    /** 0 for the painting itself. */
    Tensor loss(Tensor picture) {
        List<Tensor> maps = features.of(picture);
        Tensor sum = of(targets.getFirst(), maps.getFirst());
        for (int i = 1; i < maps.size(); i++) {
            sum = sum.add(of(targets.get(i), maps.get(i)));
        }
        return sum.div(new Scalar((double) maps.size()));
    }

    private static Tensor of(Target target, Tensor map) {
        Tensor columns = Maths.columns(map).sub(target.mean());
        Tensor whitening = target.whitening();
        Tensor moment =
                whitening.matmul(Maths.secondMoment(columns)).matmul(whitening); // cheaper than whitening columns
        Tensor apart = moment.sub(target.moment()).square().sum();
        Tensor mean = whitening.matmul(Maths.meanOfRows(columns)).square().mean();
        return apart.div(new Scalar(target.squares())).add(mean.mul(new Scalar(MEAN_SHARE)));
    }
}
