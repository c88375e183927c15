package io.atelier.learn.recipe;

import io.atelier.learn.data.ClassSet;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.data.PictureFolders;
import io.atelier.learn.measure.Confusion;
import io.atelier.learn.measure.Diversity;
import io.atelier.learn.measure.Features;
import io.atelier.learn.measure.FrechetDistance;
import io.atelier.learn.measure.Nearest;
import io.atelier.learn.measure.Softness;
import io.atelier.learn.nets.ConvClassifier;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.optim.Schedule;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import io.atelier.learn.train.Augmentation;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.GanLearner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Sampler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Trains, judges and exports a conditional GAN of pixel-art tiles. The judge is a small classifier of the real tiles. */
final class GanTiles implements Recipe {
    private final Settings defaults = Recipes.file("gan-tiles");

    @Override
    public Settings defaults() {
        return defaults;
    }

    @Override
    public Work open(WorkContext context) {
        return new GanWork(context, PictureFolders.read(context.data(), ClassSet.dcssTiles()), new Judging());
    }

    private static final class Judging implements GanJudging {
        private static final long JUDGE_SEED = 1;
        private static final long MADE_SEED = 7;
        private static final int JUDGE_STEPS = 1500;
        private static final int JUDGE_BATCH = 64;
        private static final int TIMES_HELD_OUT = 10;
        private static final int DIVERSITY_PER_CLASS = 100;
        private static final double NEAR = 0.05;

        @Override
        public Map<String, Double> judge(WorkContext context, Corpus corpus, GanLearner learner) {
            LabelledPictures train = corpus.train();
            LabelledPictures heldOut = corpus.heldOut();
            // the held-out tiles' mix of classes, so that shares are comparable
            LabelledPictures made = learner.make(Labels.repeated(heldOut.labels(), TIMES_HELD_OUT), MADE_SEED);
            LabelledPictures even = learner.make(Labels.balanced(train.classes(), DIVERSITY_PER_CLASS), MADE_SEED + 1);
            ContactSheet.byClass(even, 24, SheetStyle.DARK).write(context.run().file("sheet.png"));
            Map<String, Double> metrics = new TreeMap<>();
            metrics.put("soft_alpha", Softness.ofAlpha(made));
            metrics.put("real_soft_alpha", Softness.ofAlpha(heldOut));
            nearest(context, made, heldOut, train, metrics);
            double pixels = diversity(Features.ofPixels(even), even);
            double realPixels = diversity(Features.ofPixels(train), train);
            metrics.put("diversity", pixels);
            metrics.put("real_diversity", realPixels);
            metrics.put("diversity_ratio", pixels / realPixels);
            try (ClassifierLearner judge = judge(context, train, heldOut)) {
                ClassifierLearner.Judgement ofMade = judge.judge(made);
                ClassifierLearner.Judgement ofHeldOut = judge.judge(heldOut);
                ClassifierLearner.Judgement ofTrain = judge.judge(train);
                metrics.put(
                        "recognised",
                        Confusion.of(made.labels(), ofMade.logits(), train.classes())
                                .share());
                metrics.put(
                        "real_recognised",
                        Confusion.of(heldOut.labels(), ofHeldOut.logits(), train.classes())
                                .share());
                metrics.put(
                        "feature_diversity_ratio",
                        diversity(judge.judge(even).features(), even) / diversity(ofTrain.features(), train));
                metrics.put("frechet", FrechetDistance.between(ofMade.features(), ofTrain.features()));
                metrics.put("real_frechet", FrechetDistance.between(ofHeldOut.features(), ofTrain.features()));
            }
            return metrics;
        }

        private static double diversity(Features features, LabelledPictures pictures) {
            return Diversity.withinClasses(features, pictures.labels(), pictures.classes(), DIVERSITY_PER_CLASS);
        }

        private static void nearest(
                WorkContext context,
                LabelledPictures made,
                LabelledPictures heldOut,
                LabelledPictures train,
                Map<String, Double> metrics) {
            Nearest ofMade = Nearest.of(made, train);
            Nearest ofHeldOut = Nearest.of(heldOut, train);
            metrics.put("nearest_median", ofMade.median());
            metrics.put("real_nearest_median", ofHeldOut.median());
            metrics.put("nearest_share", ofMade.shareBelow(NEAR));
            metrics.put("real_nearest_share", ofHeldOut.shareBelow(NEAR));
            int[] closest = IntStream.range(0, made.count())
                    .boxed()
                    .sorted((a, b) -> Float.compare(ofMade.distances()[a], ofMade.distances()[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] shown = IntStream.range(0, 64) // the closest 16, then evenly through the rest
                    .map(i -> i < 16 ? closest[i] : closest[(int) ((long) (i - 15) * (closest.length - 1) / 48)])
                    .toArray();
            LabelledPictures pictures = made.select(shown);
            ContactSheet.nearest(pictures, train, Nearest.of(pictures, train), 16, SheetStyle.DARK)
                    .write(context.run().file("nearest.png"));
        }

        private static ClassifierLearner judge(WorkContext context, LabelledPictures train, LabelledPictures heldOut) {
            ConvClassifier.Shape shape = new ConvClassifier.Shape(
                    train.channels(), train.height(), List.of(16, 32, 64), 2, 64, train.classes(), 0.1, 0.3);
            double[] weights = Sampler.classWeights(train.labels(), train.countsByClass(), 0.5);
            ClassifierLearner.Options options = new ClassifierLearner.Options(
                    Sampler.weighted(weights, JUDGE_BATCH),
                    Schedule.oneCycle(0.002, JUDGE_STEPS),
                    OptimiserOptions.adamW(0.01),
                    1,
                    0,
                    new Augmentation(false, 2, 0));
            ClassifierLearner learner =
                    new ClassifierLearner(context.engine(), shape, JUDGE_SEED, train, heldOut, options);
            LoopOptions rhythm = new LoopOptions(JUDGE_STEPS, JUDGE_SEED, 50, 0, 0, 500, "val_accuracy", 0);
            return SideTraining.trained(context, "judge", learner, rhythm);
        }

        @Override
        public ModelCard card(ModelCard blank) {
            return blank.use(
                            "Makes a 32x32 tile from 64 Gaussian numbers and a label. Colour is premultiplied by alpha; cut"
                                    + " alpha at 0.5.")
                    .data("Tiles of Dungeon Crawl Stone Soup (release of November 2015), CC0; their makers are named in"
                            + " the data's ARTISTS.md. Icons, overlays and doubles were left out. A tenth of the tiles,"
                            + " chosen by the stem of their names, was held out and never trained on.")
                    .limits(
                            "A few classes of one game's style. Trinkets and people are often unreadable at a close look."
                                    + " recognised: share that a small classifier of the real tiles takes for the wanted class,"
                                    + " real_recognised the same of held-out tiles. diversity: mean RMS difference of two tiles"
                                    + " of a class, in pixels; feature_diversity_ratio the same in the classifier's features over"
                                    + " that of training tiles. nearest: RMS difference to the nearest training tile; share: how"
                                    + " many are nearer than 0.05. soft_alpha: share of pixels with alpha between 0.1 and 0.9.");
        }

        @Override
        public String license() {
            return "CC0-1.0";
        }
    }
}
