package io.atelier.learn.recipe;

import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.IdxCorpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.measure.Confusion;
import io.atelier.learn.measure.Diversity;
import io.atelier.learn.measure.FrechetDistance;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.GanLearner;
import java.util.Map;
import java.util.TreeMap;

/** Trains, judges and exports a conditional GAN of Fashion-MNIST. The judge is cnn-fashion, trained on the real pictures. */
final class GanFashion implements Recipe {
    private final Settings defaults = Recipes.file("gan-fashion");

    @Override
    public Settings defaults() {
        return defaults;
    }

    @Override
    public Work open(WorkContext context) {
        return new GanWork(context, IdxCorpus.fashionMnist(context.data()), new Judging());
    }

    private static final class Judging implements GanJudging {
        private static final long JUDGE_SEED = 1;
        private static final long MADE_SEED = 7;
        private static final int JUDGED_PER_CLASS = 1000;
        private static final int TAUGHT_PER_CLASS = 6000;

        private final Settings classifier = Recipes.file("cnn-fashion");

        @Override
        public Map<String, Double> judge(WorkContext context, Corpus corpus, GanLearner learner) {
            Map<String, Double> metrics = new TreeMap<>();
            LabelledPictures test = corpus.heldOut();
            int classes = test.classes();
            try (ClassifierLearner judge = trained(context, "judge", corpus.train())) {
                LabelledPictures made = learner.make(Labels.balanced(classes, JUDGED_PER_CLASS), MADE_SEED);
                ContactSheet.byClass(made, 20, SheetStyle.DARK)
                        .write(context.run().file("sheet.png"));
                ClassifierLearner.Judgement ofMade = judge.judge(made);
                ClassifierLearner.Judgement ofTest = judge.judge(test);
                double real =
                        Confusion.of(test.labels(), ofTest.logits(), classes).share();
                double recognised =
                        Confusion.of(made.labels(), ofMade.logits(), classes).share();
                metrics.put("real_recognised", real);
                metrics.put("recognised", recognised);
                metrics.put("recognised_minus_real", recognised - real);
                double diversity = Diversity.withinClasses(ofMade.features(), made.labels(), classes, JUDGED_PER_CLASS);
                double realDiversity =
                        Diversity.withinClasses(ofTest.features(), test.labels(), classes, JUDGED_PER_CLASS);
                metrics.put("diversity", diversity);
                metrics.put("real_diversity", realDiversity);
                metrics.put("diversity_ratio", diversity / realDiversity);
                metrics.put("frechet", FrechetDistance.between(ofMade.features(), ofTest.features()));
                LabelledPictures train = corpus.train().first(test.count());
                metrics.put(
                        "real_frechet",
                        FrechetDistance.between(judge.judge(train).features(), ofTest.features()));
            }
            LabelledPictures lesson = learner.make(Labels.balanced(classes, TAUGHT_PER_CLASS), MADE_SEED + 1);
            try (ClassifierLearner pupil = trained(context, "pupil", lesson)) {
                metrics.put("trained_on_made_accuracy", pupil.accuracy(test));
            }
            return metrics;
        }

        private ClassifierLearner trained(WorkContext context, String name, LabelledPictures pictures) {
            return SideTraining.trained(
                    context,
                    name,
                    CnnFashion.learner(context.engine(), classifier, JUDGE_SEED, pictures),
                    Schedules.classifierLoop(classifier, pictures.count(), JUDGE_SEED));
        }

        @Override
        public ModelCard card(ModelCard blank) {
            return blank.use(
                            "Makes a 28x28 grey picture, light on black, of one of ten kinds of clothing from 64 Gaussian"
                                    + " numbers and a label.")
                    .data("Fashion-MNIST by Zalando Research, 60,000 training pictures, MIT licence. Its 10,000 test"
                            + " pictures were used for the figures below and for nothing else.")
                    .limits("Small pictures, nothing but these ten kinds. Bags' handles and sandals' straps are the"
                            + " weakest. recognised: share of 10,000 made pictures that a classifier trained on real ones"
                            + " takes for the wanted kind; real_recognised is its accuracy on the real test pictures."
                            + " diversity: mean distance of two pictures of a kind in that classifier's 512 features."
                            + " trained_on_made_accuracy: accuracy on real test pictures of the same classifier trained on"
                            + " 60,000 made pictures alone. Frechet distances compare 10,000 with 10,000 in the same"
                            + " features; real_frechet is training against test pictures.");
        }

        @Override
        public String license() {
            return "MIT";
        }
    }
}
