package io.atelier.learn.train;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.VelocityNet;
import io.atelier.kernel.Seeds;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.nets.FlowNet;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.ops.TorchOps;
import io.atelier.learn.optim.Ema;
import io.atelier.learn.optim.Losses;
import io.atelier.learn.optim.Optimiser;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.optim.Schedule;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trains a velocity network by flow matching along straight lines from noise to pictures: at a random time of each line the
 * network is to tell picture less noise. Times are logit-normal, most of them in the middle, where telling is hardest. Some
 * labels are hidden, so that the network also learns the velocity of any class. A moving average of it is what the run is
 * about.
 *
 * @see <a href="https://arxiv.org/abs/2210.02747">Lipman et al., Flow matching for generative modeling</a>
 * @see <a href="https://arxiv.org/abs/2403.03206">Esser et al., Scaling rectified flow transformers, section 3.1, on the
 *     times</a>
 */
public final class FlowLearner implements Learner {
    private static final long SHEET_SEED = 3; // the same noise on every sheet, so that one sees what becomes of it
    private static final int SHEET_COLUMNS = 8;

    private final Engine engine;
    private final LabelledPictures pictures;
    private final Options options;
    private final PictureTensors training;
    private final ParamStore store;
    private final ParamStore averageStore;
    private final FlowNet net;
    private final FlowNet average;
    private final Optimiser optimiser;
    private final Ema ema;

    /**
     * How to train.
     *
     * @param sampler chooses batches
     * @param schedule the learning rate
     * @param optimiser which optimiser
     * @param clip the longest gradient; 0 for any
     * @param labelDrop the share of labels that are hidden
     * @param ema decay of the moving average
     * @param augmentation changes training pictures
     * @param making how sample sheets are made
     */
    public record Options(
            Sampler sampler,
            Schedule schedule,
            OptimiserOptions optimiser,
            double clip,
            double labelDrop,
            double ema,
            Augmentation augmentation,
            FlowSampler making) {}

    public FlowLearner(Engine engine, FlowNet.Shape shape, long seed, LabelledPictures pictures, Options options) {
        this.engine = engine;
        this.pictures = pictures;
        this.options = options;
        training = new PictureTensors(engine, pictures);
        store = new ParamStore(engine.device(), seed);
        net = new FlowNet(store, shape);
        averageStore = new ParamStore(engine.device(), seed);
        average = new FlowNet(averageStore, shape);
        averageStore.trainable(false);
        optimiser = new Optimiser(store, options.optimiser());
        ema = new Ema(store, averageStore, options.ema());
    }

    @Override
    public Map<String, Double> step(long step, long seed) {
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, 1));
        int[] chosen = options.sampler().batch(step, seed);
        int count = chosen.length;
        Tensor real =
                options.augmentation().apply(engine, training.batch(chosen).pictures(), random);
        Tensor label = Tensors.labels(engine, hidden(chosen, random));
        Tensor time = Tensors.of(engine, times(Seeds.derive(seed, 2), count), count);
        Tensor noise = torch.randn(real.shape()).to(engine.device(), ScalarType.Float);
        Tensor way = real.sub(noise);
        Tensor reached = noise.add(way.mul(time.view(count, 1, 1, 1)));
        Tensor told = engine.autocast(() -> net.forward(new TorchOps(true), reached, time, label));
        Tensor loss = Losses.meanSquaredError(told, way);
        optimiser.zeroGradients();
        loss.backward();
        optimiser.clipGradients(options.clip());
        double rate = options.schedule().at(step);
        optimiser.step(rate);
        ema.update(step + 1);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", loss.item_double());
        values.put("learning_rate", rate);
        return values;
    }

    /** The chosen pictures' labels, some of them hidden behind the label of any class. */
    private int[] hidden(int[] chosen, SplittableRandom random) {
        return IntStream.of(chosen)
                .map(i ->
                        random.nextDouble() < options.labelDrop() ? net.shape().anyLabel() : pictures.labels()[i])
                .toArray();
    }

    /** Logit-normal times in 0..1. */
    private static float[] times(long seed, int count) {
        float[] times = Seeds.gaussians(seed, count);
        for (int i = 0; i < count; i++) {
            times[i] = (float) (1 / (1 + StrictMath.exp(-times[i])));
        }
        return times;
    }

    /** The averaged network, in float32 as the exported graph computes it. */
    public VelocityNet velocity() {
        return (rows, times, labels) -> {
            int count = labels.length;
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor told = average.forward(
                        new TorchOps(false),
                        Tensors.of(engine, rows, count, pictures.channels(), pictures.height(), pictures.width()),
                        Tensors.of(engine, times, count),
                        Tensors.ofLongs(engine, labels, count));
                return Tensors.floats(told);
            }
        };
    }

    @Override
    public Map<String, Double> validate() {
        return Map.of();
    }

    @Override
    public void sample(Path png) {
        int[] labels = IntStream.range(0, pictures.classes() * SHEET_COLUMNS)
                .map(i -> i / SHEET_COLUMNS)
                .toArray();
        LabelledPictures made = new FlowPictures(velocity(), options.making(), pictures).make(labels, SHEET_SEED);
        ContactSheet.byClass(made, SHEET_COLUMNS, SheetStyle.DARK).write(png);
    }

    /** The averaged network. */
    public FlowNet average() {
        return average;
    }

    @Override
    public Map<String, ParamStore> networks() {
        return Map.of("velocity", store, "average", averageStore);
    }

    @Override
    public Map<String, Optimiser> optimisers() {
        return Map.of("velocity", optimiser);
    }

    @Override
    public void close() {
        optimiser.close();
        store.close();
        averageStore.close();
        training.close();
    }
}
