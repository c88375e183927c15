package io.atelier.learn.recipe;

import io.atelier.learn.data.Corpus;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.GanLearner;
import io.atelier.models.ModelTask;
import java.util.Map;

/** Trains, judges and exports a conditional GAN of a set of pictures. The judge is a small classifier of the real ones. */
final class PictureGan extends PictureRecipe {
    PictureGan(String name, PictureSet set) {
        super(name, set);
    }

    @Override
    public ModelTask task() {
        return ModelTask.IMAGE_CLASS_CONDITIONAL;
    }

    @Override
    public Work open(WorkContext context, Corpus corpus) {
        return new GanWork(context, corpus, new Judging());
    }

    /** Without a judge, which is no model of its own and is trained by the recipe's own evaluation. */
    @Override
    public Map<String, Double> evaluate(Corpus corpus, ExportedModel model, ExportedModels others) {
        return set.measures(corpus, (labels, seed) -> model.make(corpus.train(), labels, seed))
                .ofPixels();
    }

    private final class Judging implements GanJudging {
        @Override
        public Map<String, Double> judge(WorkContext context, Corpus corpus, GanLearner learner) {
            PictureMeasures measures = set.measures(corpus, learner::make);
            try (ClassifierLearner judge = set.trainedJudge(context, corpus)) {
                return set.judged(context, measures, judge);
            }
        }

        @Override
        public ModelCard card(ModelCard blank) {
            return set.card(blank, "It is made from Gaussian numbers and a label, in one run.");
        }

        @Override
        public String license() {
            return set.license();
        }
    }
}
