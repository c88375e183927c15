package io.atelier.learn.train;

import io.atelier.kernel.Seeds;
import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.nets.OwnMoments;
import io.atelier.learn.nets.StyleNet;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.ops.TorchOps;
import io.atelier.learn.optim.Ema;
import io.atelier.learn.optim.Losses;
import io.atelier.learn.optim.Optimiser;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.optim.Schedule;
import io.atelier.learn.style.StyleLoss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trains one network to paint photographs in the manner of several paintings at once. Each picture of a batch is a part of a
 * photograph with a painting of its own, every painting equally often. The first steps only recolour. A moving average of
 * the network is what the run is about.
 */
public final class StyleLearner implements Learner {
    private static final double RECOLOURING = 10;

    private final Engine engine;
    private final Options options;
    private final List<StyleLoss> losses;
    private final Sampler paintings;
    private final Photographs photographs;
    private final ParamStore store;
    private final ParamStore averageStore;
    private final StyleNet net;
    private final StyleNet average;
    private final Optimiser optimiser;
    private final Ema ema;

    /**
     * How to train.
     *
     * @param batch pictures of a step, at most as many as there are paintings
     * @param side of the parts of photographs in pixels, a multiple of 16
     * @param recolouring steps at the beginning that only recolour
     * @param schedule the learning rate
     * @param optimiser which optimiser
     * @param clip the longest gradient; 0 for any
     * @param ema decay of the moving average
     * @param sheet what sample sheets show
     */
    public record Options(
            int batch,
            int side,
            long recolouring,
            Schedule schedule,
            OptimiserOptions optimiser,
            double clip,
            double ema,
            StyleSheet sheet) {}

    /**
     * A learner of as many paintings as there are losses; takes over the losses.
     *
     * @param photographs to train on, no side shorter than the parts'
     */
    public StyleLearner(
            Engine engine,
            StyleNet.Shape shape,
            long seed,
            List<StyleLoss> losses,
            List<NamedPicture> photographs,
            Options options) {
        this.engine = engine;
        this.options = options;
        this.losses = List.copyOf(losses);
        this.paintings = Sampler.epochs(shape.styles(), options.batch(), seed);
        this.photographs = new Photographs(engine, photographs, options.side());
        store = new ParamStore(engine.device(), seed);
        net = new StyleNet(store, shape);
        averageStore = new ParamStore(engine.device(), seed);
        average = new StyleNet(averageStore, shape);
        averageStore.trainable(false);
        optimiser = new Optimiser(store, options.optimiser());
        ema = new Ema(store, averageStore, options.ema());
    }

    @Override
    public Map<String, Double> step(long step, long seed) {
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, 1));
        int[] styles = paintings.batch(step, seed);
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < styles.length; i++) {
            parts.add(photographs.part(random));
        }
        Tensor painted = painted(parts, styles);
        Told told = step < options.recolouring() ? recoloured(painted, parts, styles) : told(painted, parts, styles);
        optimiser.zeroGradients();
        told.loss().backward();
        optimiser.clipGradients(options.clip());
        double rate = options.schedule().at(step);
        optimiser.step(rate);
        ema.update(step + 1);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", told.loss().item_double());
        values.putAll(told.parts());
        values.put("learning_rate", rate);
        return values;
    }

    private record Told(Tensor loss, Map<String, Double> parts) {}

    /** In the network's own frame: the edges' mirrors are part of what is learnt, and cut off only when it is used. */
    private Tensor painted(List<Tensor> parts, int[] styles) {
        int count = styles.length;
        Tensor pictures = torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
        float[] weights = new float[count * losses.size()];
        for (int i = 0; i < count; i++) {
            weights[i * losses.size() + styles[i]] = 1;
        }
        Tensor style = Tensors.of(engine, weights, count, losses.size());
        long noisy = options.side() / StyleNet.NOISE_SIDE;
        Tensor noise = torch.randn(count, net.shape().noise(), noisy, noisy).to(engine.device(), ScalarType.Float);
        return engine.autocast(() -> net.forward(new TorchOps(true), pictures, style, noise, new OwnMoments<>()))
                .to(ScalarType.Float)
                .contiguous();
    }

    private Told recoloured(Tensor painted, List<Tensor> parts, int[] styles) {
        List<Tensor> sums = new ArrayList<>();
        for (int i = 0; i < styles.length; i++) {
            Tensor wanted = losses.get(styles[i]).recoloured(parts.get(i));
            sums.add(Losses.meanSquaredError(painted.narrow(0, i, 1), wanted).mul(new Scalar(RECOLOURING)));
        }
        return new Told(mean(sums), Map.of());
    }

    private Told told(Tensor painted, List<Tensor> parts, int[] styles) {
        List<Tensor> sums = new ArrayList<>();
        double style = 0;
        double content = 0;
        for (int i = 0; i < styles.length; i++) {
            StyleLoss loss = losses.get(styles[i]);
            StyleLoss.Parts one = loss.of(painted.narrow(0, i, 1), parts.get(i));
            sums.add(loss.sum(one));
            style += one.style().item_double() / styles.length;
            content += one.content().item_double() / styles.length;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("style", style);
        values.put("content", content);
        return new Told(mean(sums), values);
    }

    private static Tensor mean(List<Tensor> scalars) {
        Tensor sum = scalars.getFirst();
        for (Tensor next : scalars.subList(1, scalars.size())) {
            sum = sum.add(next);
        }
        return sum.div(new Scalar((double) scalars.size()));
    }

    /** The averaged network at work. */
    public Painter painter() {
        return new TorchPainter(engine, average);
    }

    @Override
    public Map<String, Double> validate() {
        return Map.of();
    }

    @Override
    public void sample(Path png) {
        options.sheet().write(painter(), png);
    }

    /** The averaged network. */
    public StyleNet average() {
        return average;
    }

    /** The paintings' losses, in their order. */
    public List<StyleLoss> losses() {
        return losses;
    }

    @Override
    public Map<String, ParamStore> networks() {
        return Map.of("stylizer", store, "average", averageStore);
    }

    @Override
    public Map<String, Optimiser> optimisers() {
        return Map.of("stylizer", optimiser);
    }

    @Override
    public void close() {
        optimiser.close();
        store.close();
        averageStore.close();
        photographs.close();
        losses.forEach(StyleLoss::close);
    }
}
