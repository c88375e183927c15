package io.atelier.learn.recipe;

import io.atelier.learn.data.ClassSet;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.data.PictureFolders;
import io.atelier.learn.nets.ConvClassifier;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.optim.Schedule;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import io.atelier.learn.train.Augmentation;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.Judge;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Sampler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the recipes of pixel-art tiles share: the data, a judge trained on the real tiles, and what a card says of both. */
final class Tiles {
    static final Measures MEASURES = new Measures(
            List.of("recognised", "recognised_minus_real", "diversity_ratio", "feature_diversity_ratio"),
            List.of("frechet"));

    static final String LICENSE = "CC0-1.0";

    static final String DATA =
            "Tiles of Dungeon Crawl Stone Soup (release of November 2015), CC0; their makers are named in"
                    + " the data's ARTISTS.md. Icons, overlays and doubles were left out. A tenth of the tiles,"
                    + " chosen by the stem of their names, was held out and never trained on.";

    static final String LIMITS =
            "A few classes of one game's style. Trinkets and people are often unreadable at a close look."
                    + " recognised: share that a small classifier of the real tiles takes for the wanted class,"
                    + " real_recognised the same of held-out tiles. diversity: mean RMS difference of two tiles"
                    + " of a class, in pixels; feature_diversity_ratio the same in the classifier's features over"
                    + " that of training tiles. nearest: RMS difference to the nearest training tile; share: how"
                    + " many are nearer than 0.05. soft_alpha: share of pixels with alpha between 0.1 and 0.9.";

    private static final long JUDGE_SEED = 1;
    private static final long MADE_SEED = 7;
    private static final int JUDGE_BATCH = 64;
    private static final int TIMES_HELD_OUT = 10;

    private Tiles() {}

    static Corpus read(Path data) {
        return PictureFolders.read(data, ClassSet.dcssTiles());
    }

    static TileMeasures measures(Corpus corpus, Maker maker) {
        int classes = corpus.train().classes();
        return new TileMeasures(
                corpus.train(),
                corpus.heldOut(),
                maker.make(Labels.repeated(corpus.heldOut().labels(), TIMES_HELD_OUT), MADE_SEED),
                maker.make(Labels.balanced(classes, TileMeasures.PER_CLASS), MADE_SEED + 1));
    }

    /** What is measured of tiles, with sheets of them written into the run. */
    static Map<String, Double> judged(WorkContext context, TileMeasures measures, Judge judge) {
        ContactSheet.byClass(measures.even(), 24, SheetStyle.DARK)
                .write(context.run().file("sheet.png"));
        measures.writeNearest(context.run().file("nearest.png"));
        Map<String, Double> metrics = new TreeMap<>(measures.ofPixels());
        metrics.putAll(measures.by(judge));
        return metrics;
    }

    /** A small classifier of the real tiles; the caller closes it. */
    static ClassifierLearner trainedJudge(WorkContext context, Corpus corpus) {
        int steps = context.settings().whole("evaluation.judgeSteps");
        LabelledPictures train = corpus.train();
        ConvClassifier.Shape shape = new ConvClassifier.Shape(
                train.channels(), train.height(), List.of(16, 32, 64), 2, 64, train.classes(), 0.1, 0.3);
        double[] weights = Sampler.classWeights(train.labels(), train.countsByClass(), 0.5);
        ClassifierLearner.Options options = new ClassifierLearner.Options(
                Sampler.weighted(weights, JUDGE_BATCH),
                Schedule.oneCycle(0.002, steps),
                OptimiserOptions.adamW(0.01),
                1,
                0,
                new Augmentation(false, 2, 0));
        ClassifierLearner learner =
                new ClassifierLearner(context.engine(), shape, JUDGE_SEED, train, corpus.heldOut(), options);
        LoopOptions rhythm = new LoopOptions(steps, JUDGE_SEED, 50, 0, 0, 500, "val_accuracy", 0);
        return SideTraining.trained(context, "judge", learner, rhythm);
    }
}
