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
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trains one network to paint photographs in the manner of several paintings at once. A step has one painting, every painting
 * equally often, and a batch of parts of photographs, which show the painting's manner together: were each to show all of
 * it, dark strokes and light ones would be everywhere. The first steps only recolour. A moving average of the network is
 * what the run is about.
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
     * @param batch parts of photographs in a step
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
        this.paintings = Sampler.epochs(shape.styles(), 1, seed);
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
        int style = paintings.batch(step, seed)[0];
        List<Photographs.Part> parts = new ArrayList<>();
        for (int i = 0; i < options.batch(); i++) {
            parts.add(photographs.part(random));
        }
        Tensor painted = painted(parts, style);
        StyleLoss loss = losses.get(style);
        Told told = step < options.recolouring() ? recoloured(loss, painted, parts) : told(loss, painted, parts);
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
    private Tensor painted(List<Photographs.Part> parts, int style) {
        int count = parts.size();
        float[] weights = new float[count * losses.size()];
        for (int i = 0; i < count; i++) {
            weights[i * losses.size() + style] = 1;
        }
        Tensor pictures = joined(parts, Photographs.Part::picture);
        Tensor styles = Tensors.of(engine, weights, count, losses.size());
        long noisy = options.side() / StyleNet.NOISE_SIDE;
        Tensor noise = torch.randn(count, net.shape().noise(), noisy, noisy).to(engine.device(), ScalarType.Float);
        return engine.autocast(() -> net.forward(new TorchOps(true), pictures, styles, noise, new OwnMoments<>()))
                .to(ScalarType.Float)
                .contiguous();
    }

    private static Tensor joined(List<Photographs.Part> parts, Function<Photographs.Part, Tensor> what) {
        return torch.cat(new TensorVector(parts.stream().map(what).toArray(Tensor[]::new)), 0);
    }

    private static Told recoloured(StyleLoss loss, Tensor painted, List<Photographs.Part> parts) {
        Tensor wanted = joined(parts, part -> loss.recoloured(part.picture()));
        return new Told(Losses.meanSquaredError(painted, wanted).mul(new Scalar(RECOLOURING)), Map.of());
    }

    private static Told told(StyleLoss loss, Tensor painted, List<Photographs.Part> parts) {
        StyleLoss.Parts told = loss.of(painted, joined(parts, Photographs.Part::ranks));
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("style", told.style().item_double());
        values.put("content", told.content().item_double());
        return new Told(loss.sum(told), values);
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
