package io.atelier.learn.train;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Guidance;
import io.atelier.inference.flow.Solver;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.nets.ConvClassifier;
import io.atelier.learn.nets.Discriminator;
import io.atelier.learn.nets.FlowNet;
import io.atelier.learn.nets.Generator;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.optim.Schedule;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.SplittableRandom;

/** Learners small enough to train in a test. */
final class TinyLearning {
    private TinyLearning() {}

    /** Grey 8x8 pictures of two classes: noise, brighter above or below. */
    static LabelledPictures pictures(int count) {
        SplittableRandom random = new SplittableRandom(2);
        float[] pixels = new float[count * 64];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            for (int k = 0; k < 64; k++) {
                boolean bright = k < 32 == (labels[i] == 0);
                pixels[i * 64 + k] = (float) Math.clamp(random.nextGaussian(bright ? 0.4 : -0.4, 0.3), -1, 1);
            }
        }
        return new LabelledPictures(1, 8, 8, pixels, labels, List.of("above", "below"));
    }

    static ClassifierLearner classifier(Engine engine, long seed) {
        LabelledPictures pictures = pictures(64);
        ConvClassifier.Shape shape = new ConvClassifier.Shape(1, 8, List.of(4, 8), 1, 16, 2, 0.2, 0.2);
        ClassifierLearner.Options options = new ClassifierLearner.Options(
                Sampler.epochs(64, 16, seed),
                Schedule.oneCycle(0.01, 40),
                OptimiserOptions.adamW(0.01),
                1,
                0,
                new Augmentation(true, 1, 0));
        return new ClassifierLearner(engine, shape, seed, pictures, pictures, options);
    }

    static GanLearner gan(Engine engine, long seed) {
        LabelledPictures pictures = pictures(64);
        GanLearner.Options options = new GanLearner.Options(
                Sampler.grouped(
                        pictures.labels(),
                        Sampler.classWeights(pictures.labels(), pictures.countsByClass(), 0.5),
                        8,
                        4),
                Schedule.constant(1e-3),
                OptimiserOptions.adam(0, 0.99),
                0.3,
                4,
                0.99,
                new Augmentation(false, 1, 4),
                1);
        return new GanLearner(
                engine,
                new Generator.Shape(8, 4, 2, 8, 1, List.of(8, 6), 1, 4),
                new Discriminator.Shape(1, 2, List.of(6, 8), 8, 4),
                seed,
                pictures,
                options);
    }

    /** A flow that learns from all the labels but this share. */
    static FlowLearner flow(Engine engine, long seed, double labelDrop) {
        LabelledPictures pictures = pictures(64);
        FlowLearner.Options options = new FlowLearner.Options(
                Sampler.weighted(Sampler.classWeights(pictures.labels(), pictures.countsByClass(), 0.5), 8),
                Schedule.constant(3e-3),
                OptimiserOptions.adam(0.9, 0.99),
                1,
                labelDrop,
                0.98,
                new Augmentation(false, 1, 0),
                new FlowSampler(Solver.HEUN, 4, Guidance.always(1.5), 1));
        return new FlowLearner(engine, new FlowNet.Shape(1, 8, 2, List.of(8, 16), 16, 2), seed, pictures, options);
    }

    static LoopOptions rhythm(long steps) {
        return new LoopOptions(steps, 5, 1, 5, 0, 10, "val_accuracy", 0);
    }

    static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream()), false, "tiny");
    }
}
