package io.atelier.learn.recipe;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.learn.data.Channels;
import io.atelier.learn.data.ClassSet;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.data.PictureFolders;
import io.atelier.learn.data.PictureForm;
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

/**
 * What recipes of one small set of pictures share, whatever makes them: how the set is read, a judge trained on its real
 * pictures, and what a card says.
 *
 * @param classes which pictures are which classes, and in what form
 * @param sheet how sheets look
 * @param license of weights trained on them, an SPDX expression
 * @param data what they are, for the card
 * @param about what a made one is and how it is shown, for the card
 * @param limits what cannot be expected, for the card
 */
record PictureSet(ClassSet classes, SheetStyle sheet, String license, String data, String about, String limits) {
    static final Measures MEASURES = new Measures(
            List.of("recognised", "recognised_minus_real", "diversity_ratio", "feature_diversity_ratio"),
            List.of("frechet"));

    /** Pixel art of a game. */
    static final PictureSet TILES = new PictureSet(
            ClassSet.dcssTiles(),
            SheetStyle.DARK,
            "CC0-1.0",
            "Tiles of Dungeon Crawl Stone Soup (release of November 2015), CC0; their makers are named in"
                    + " the data's ARTISTS.md. Icons, overlays and doubles were left out. A tenth of the tiles,"
                    + " chosen by the stem of their names, was held out and never trained on.",
            "a 32x32 tile, its colour premultiplied by alpha; cut alpha at 0.5",
            "A few classes of one game's style. Trinkets and people are often unreadable at a close look."
                    + " soft_alpha: share of pixels with alpha between 0.1 and 0.9.");

    /** Emoji of one font. */
    static final PictureSet EMOJI = new PictureSet(
            ClassSet.notoEmoji(),
            SheetStyle.WHITE,
            "Apache-2.0 AND OFL-1.1 AND Unicode-3.0",
            "Noto Emoji (github.com/googlefonts/noto-emoji): 72-pixel drawings, by the project's README under Apache-2.0,"
                    + " by its licence file under the SIL Open Font License 1.1, brought to 48 pixels over white. Classes"
                    + " come from the keywords of Unicode's CLDR captions (Unicode-3.0). Variants by skin tone were left"
                    + " out. A tenth of the drawings, chosen by their code points, was held out and never trained on.",
            "a 48x48 picture on white",
            "A few hundred drawings of one style are little to learn from: objects with fine parts come out as shapes"
                    + " that remind of them, and letters and numbers on signs cannot be read.");

    /** Whatever lies in folders, one a class. */
    static final PictureSet FOLDERS = new PictureSet(
            ClassSet.byFolder(new PictureForm(Channels.RGB, 64, 64, PictureForm.Fit.SCALE)),
            SheetStyle.DARK,
            "NOASSERTION",
            "Pictures in folders, one folder a class, brought to 64 pixels over white: the largest centred square of each. A"
                    + " tenth of them, chosen by name, was held out and never trained on. Whether weights that learnt from"
                    + " them may be published is for their owner to know.",
            "a 64x64 picture",
            "It makes nothing but what its folders hold, and of few pictures it may make near-copies: look at"
                    + " real_nearest_share beside nearest_share, and at nearest.png in the run's folder.");

    private static final int FEWEST = 8;

    private static final String FIGURES =
            " recognised: share that a small classifier of the real pictures takes for the"
                    + " wanted class, real_recognised the same of held-out ones. diversity: mean RMS difference of two pictures of"
                    + " a class, in pixels; feature_diversity_ratio the same in the classifier's features over that of training"
                    + " pictures. nearest: RMS difference to the nearest training picture; share: how many are nearer than 0.05.";

    private static final long JUDGE_SEED = 1;
    private static final long MADE_SEED = 7;
    private static final int JUDGE_BATCH = 64;
    private static final int ENOUGH_MADE = 1500;
    private static final int SHEET_COLUMNS = 24;

    /** Throws DATA_MISSING when a class has fewer pictures than can be judged, or none was held out. */
    Corpus read(Path path) {
        Corpus corpus = PictureFolders.read(path, classes);
        int[] counts = corpus.train().countsByClass();
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] < FEWEST) {
                throw tooFew(
                        "class " + corpus.train().labelNames().get(label) + " has " + counts[label]
                                + " pictures to learn from",
                        "at least " + FEWEST + " a class");
            }
        }
        if (corpus.heldOut().count() == 0) {
            throw tooFew("none of its " + corpus.train().count() + " pictures was held out", "one in ten, by name");
        }
        return corpus;
    }

    private static RuntimeException tooFew(String what, String rule) {
        return Problem.field(
                        ErrorCode.DATA_MISSING, "data", rule, "Of this data " + what + " (" + rule + "). Add pictures.")
                .exception();
    }

    /** Says of whose pictures a card is, and what its figures are. */
    ModelCard card(ModelCard blank, String madeFrom) {
        return blank.use("Makes " + about + ". " + madeFrom).data(data).limits(limits + FIGURES);
    }

    PictureMeasures measures(Corpus corpus, Maker maker) {
        int classes = corpus.train().classes();
        int heldOut = corpus.heldOut().count();
        int times = Math.ceilDiv(ENOUGH_MADE, heldOut);
        return new PictureMeasures(
                corpus.train(),
                corpus.heldOut(),
                maker.make(Labels.repeated(corpus.heldOut().labels(), times), MADE_SEED),
                maker.make(Labels.balanced(classes, PictureMeasures.PER_CLASS), MADE_SEED + 1));
    }

    /** What is measured of made pictures, with sheets of them written into the run. */
    Map<String, Double> judged(WorkContext context, PictureMeasures measures, Judge judge) {
        ContactSheet.byClass(measures.even(), SHEET_COLUMNS, sheet)
                .write(context.run().file("sheet.png"));
        measures.writeNearest(context.run().file("nearest.png"), sheet);
        Map<String, Double> metrics = new TreeMap<>(measures.ofPixels());
        metrics.putAll(measures.by(judge));
        return metrics;
    }

    /** A small classifier of the real pictures; the caller closes it. */
    ClassifierLearner trainedJudge(WorkContext context, Corpus corpus) {
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
