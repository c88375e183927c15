package io.atelier.learn.train;

import io.atelier.kernel.Seeds;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.nets.Discriminator;
import io.atelier.learn.nets.Generator;
import io.atelier.learn.nets.SpreadGenerator;
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
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trains a conditional GAN: the non-saturating loss with a lazy R1 penalty in float32, both networks by Adam, and a
 * moving average of the generator, which is what the run is about.
 *
 * @see <a href="https://arxiv.org/abs/1912.04958">Karras et al., Analyzing and improving the image quality of StyleGAN,
 *     section 3.1, on lazy regularisation</a>
 */
public final class GanLearner implements Learner {
    private static final long SHEET_SEED = 3; // the same latents on every sheet, so that one sees them change
    private static final int SHEET_COLUMNS = 16;

    private final Engine engine;
    private final LabelledPictures pictures;
    private final Options options;
    private final PictureTensors training;
    private final ParamStore generatorStore;
    private final ParamStore averageStore;
    private final ParamStore discriminatorStore;
    private final Generator generator;
    private final SpreadGenerator average;
    private final Discriminator discriminator;
    private final Optimiser generatorOptimiser;
    private final Optimiser discriminatorOptimiser;
    private final Ema ema;

    /**
     * How to train.
     *
     * @param sampler chooses batches
     * @param schedule the learning rate of both networks
     * @param adam Adam's constants
     * @param r1 weight of the gradient penalty
     * @param r1Every steps between two penalties; each counts for the steps between
     * @param ema decay of the moving average
     * @param augmentation changes real and made pictures alike
     * @param spread how far latents are spread once it is trained
     */
    public record Options(
            Sampler sampler,
            Schedule schedule,
            OptimiserOptions adam,
            double r1,
            int r1Every,
            double ema,
            Augmentation augmentation,
            double spread) {}

    public GanLearner(
            Engine engine,
            Generator.Shape generatorShape,
            Discriminator.Shape discriminatorShape,
            long seed,
            LabelledPictures pictures,
            Options options) {
        this.engine = engine;
        this.pictures = pictures;
        this.options = options;
        training = new PictureTensors(engine, pictures);
        generatorStore = new ParamStore(engine.device(), Seeds.derive(seed, 0));
        generator = new Generator(generatorStore, generatorShape);
        averageStore = new ParamStore(engine.device(), Seeds.derive(seed, 0));
        average = new SpreadGenerator(new Generator(averageStore, generatorShape), options.spread());
        averageStore.trainable(false);
        discriminatorStore = new ParamStore(engine.device(), Seeds.derive(seed, 1));
        discriminator = new Discriminator(discriminatorStore, discriminatorShape);
        generatorOptimiser = new Optimiser(generatorStore, options.adam());
        discriminatorOptimiser = new Optimiser(discriminatorStore, options.adam());
        ema = new Ema(generatorStore, averageStore, options.ema());
    }

    @Override
    public Map<String, Double> step(long step, long seed) {
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, 1));
        PictureTensors.Batch real = training.batch(options.sampler().batch(step, seed));
        Tensor latent =
                torch.randn(real.labels().size(0), generator.shape().latent()).to(engine.device(), ScalarType.Float);
        TorchOps ops = new TorchOps(true);
        Tensor made = engine.autocast(() -> generator.forward(ops, latent, real.labels()))
                .to(ScalarType.Float);
        double rate = options.schedule().at(step);

        Map<String, Double> losses = new LinkedHashMap<>();
        losses.put("d", learnToTell(step, real, made.detach(), random));
        discriminatorOptimiser.step(rate);

        discriminatorStore.trainable(false); // its gradients are not wanted now
        Tensor scores = scores(augmented(made, random), real.labels());
        Tensor loss = Losses.softplusGenerator(scores);
        generatorOptimiser.zeroGradients();
        loss.backward();
        generatorOptimiser.step(rate);
        discriminatorStore.trainable(true);

        ema.update(step + 1);
        losses.put("g", loss.item_double());
        losses.put("learning_rate", rate);
        losses.put("discriminator_learning_rate", rate);
        return losses;
    }

    private double learnToTell(long step, PictureTensors.Batch real, Tensor made, SplittableRandom random) {
        Tensor both = torch.cat(new TensorVector(real.pictures(), made), 0);
        Tensor labels = torch.cat(new TensorVector(real.labels(), real.labels()), 0);
        Tensor scores = scores(augmented(both, random), labels);
        long batch = real.labels().size(0);
        Tensor loss = Losses.softplusDiscriminator(scores.narrow(0, 0, batch), scores.narrow(0, batch, batch));
        discriminatorOptimiser.zeroGradients();
        loss.backward();
        if (options.r1() > 0 && step % options.r1Every() == 0) {
            Tensor changed = augmented(real.pictures(), random).detach();
            changed.set_requires_grad(true);
            Tensor plain = discriminator.forward(new TorchOps(true), changed, real.labels()); // float32
            Losses.r1(plain, changed)
                    .mul(new Scalar(options.r1() * options.r1Every()))
                    .backward();
        }
        return loss.item_double();
    }

    private Tensor augmented(Tensor batch, SplittableRandom random) {
        return options.augmentation().apply(engine, batch, random);
    }

    private Tensor scores(Tensor batch, Tensor labels) {
        return engine.autocast(() -> discriminator.forward(new TorchOps(true), batch, labels));
    }

    /** Makes pictures with the averaged generator, in float32 as the exported graph does. */
    public LabelledPictures make(int[] labels, long seed) {
        return new PictureMaker(engine, average, pictures).make(labels, seed);
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
        ContactSheet.byClass(make(labels, SHEET_SEED), SHEET_COLUMNS, SheetStyle.DARK)
                .write(png);
    }

    /** The averaged generator. */
    public SpreadGenerator average() {
        return average;
    }

    @Override
    public Map<String, ParamStore> networks() {
        return Map.of("generator", generatorStore, "average", averageStore, "discriminator", discriminatorStore);
    }

    @Override
    public Map<String, Optimiser> optimisers() {
        return Map.of("generator", generatorOptimiser, "discriminator", discriminatorOptimiser);
    }

    @Override
    public void close() {
        generatorOptimiser.close();
        discriminatorOptimiser.close();
        generatorStore.close();
        averageStore.close();
        discriminatorStore.close();
        training.close();
    }
}
