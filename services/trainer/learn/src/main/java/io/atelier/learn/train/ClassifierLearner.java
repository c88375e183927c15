package io.atelier.learn.train;

import io.atelier.kernel.Seeds;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.measure.Confusion;
import io.atelier.learn.measure.CrossEntropy;
import io.atelier.learn.measure.Features;
import io.atelier.learn.nets.ConvClassifier;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.ops.TorchOps;
import io.atelier.learn.optim.Losses;
import io.atelier.learn.optim.Optimiser;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.optim.Schedule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Trains a classifier by cross-entropy. Owns network, optimiser and the training pictures on the device. */
public final class ClassifierLearner implements Learner, Judge {
    private static final int JUDGED_AT_ONCE = 500;

    private final Engine engine;
    private final ParamStore store;
    private final ConvClassifier net;
    private final Optimiser optimiser;
    private final Options options;
    private final PictureTensors training;
    private final LabelledPictures validation;

    /**
     * How to train.
     *
     * @param sampler chooses batches
     * @param schedule the learning rate
     * @param optimiser which optimiser
     * @param clip the longest gradient; 0 for any
     * @param smoothing label smoothing
     * @param augmentation changes training pictures
     */
    public record Options(
            Sampler sampler,
            Schedule schedule,
            OptimiserOptions optimiser,
            double clip,
            double smoothing,
            Augmentation augmentation) {}

    public ClassifierLearner(
            Engine engine,
            ConvClassifier.Shape shape,
            long seed,
            LabelledPictures training,
            LabelledPictures validation,
            Options options) {
        this.engine = engine;
        this.store = new ParamStore(engine.device(), seed);
        this.net = new ConvClassifier(store, shape);
        this.optimiser = new Optimiser(store, options.optimiser());
        this.options = options;
        this.training = new PictureTensors(engine, training);
        this.validation = validation;
    }

    @Override
    public Map<String, Double> step(long step, long seed) {
        PictureTensors.Batch batch = training.batch(options.sampler().batch(step, seed));
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, 1));
        Tensor pictures = options.augmentation().apply(engine, batch.pictures(), random);
        Tensor logits =
                engine.autocast(() -> net.forward(new TorchOps(true), pictures).logits());
        Tensor loss = Losses.crossEntropy(logits, batch.labels(), options.smoothing());
        optimiser.zeroGradients();
        loss.backward();
        optimiser.clipGradients(options.clip());
        double rate = options.schedule().at(step);
        optimiser.step(rate);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", loss.item_double());
        values.put("learning_rate", rate);
        return values;
    }

    @Override
    public Map<String, Double> validate() {
        if (validation.count() == 0) {
            return Map.of();
        }
        float[] logits = judge(validation).logits();
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(
                "val_accuracy",
                Confusion.of(validation.labels(), logits, validation.classes()).share());
        values.put("val_loss", CrossEntropy.mean(validation.labels(), logits, validation.classes()));
        return values;
    }

    public double accuracy(LabelledPictures pictures) {
        return Confusion.of(pictures.labels(), judge(pictures).logits(), pictures.classes())
                .share();
    }

    /** Judges pictures in float32, as the exported graph does. */
    @Override
    public Judgement judge(LabelledPictures pictures) {
        int width = net.shape().features();
        int classes = net.shape().classes();
        int size = pictures.pictureSize();
        float[] features = new float[pictures.count() * width];
        float[] logits = new float[pictures.count() * classes];
        TorchOps ops = new TorchOps(false);
        for (int from = 0; from < pictures.count(); from += JUDGED_AT_ONCE) {
            int to = Math.min(pictures.count(), from + JUDGED_AT_ONCE);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                float[] pixels = Arrays.copyOfRange(pictures.pixels(), from * size, to * size);
                Tensor batch =
                        Tensors.of(engine, pixels, to - from, pictures.channels(), pictures.height(), pictures.width());
                ConvClassifier.Output<Tensor> output = net.forward(ops, batch);
                copy(Tensors.floats(output.features()), features, from * width);
                copy(Tensors.floats(output.logits()), logits, from * classes);
            }
        }
        return new Judgement(new Features(pictures.count(), width, features), logits);
    }

    private static void copy(float[] part, float[] whole, int at) {
        System.arraycopy(part, 0, whole, at, part.length);
    }

    public ConvClassifier net() {
        return net;
    }

    @Override
    public void sample(Path png) {
        // a classifier makes no pictures
    }

    @Override
    public Map<String, ParamStore> networks() {
        return Map.of("classifier", store);
    }

    @Override
    public Map<String, Optimiser> optimisers() {
        return Map.of("classifier", optimiser);
    }

    @Override
    public void close() {
        optimiser.close();
        store.close();
        training.close();
    }
}
