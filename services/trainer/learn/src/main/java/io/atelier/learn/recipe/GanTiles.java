package io.atelier.learn.recipe;

import io.atelier.learn.data.Corpus;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.GanLearner;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.util.Map;

/** Trains, judges and exports a conditional GAN of pixel-art tiles. The judge is a small classifier of the real tiles. */
final class GanTiles implements Recipe<Corpus> {
    private final Settings defaults = Recipes.file("gan-tiles", Tiles.MEASURES);

    @Override
    public Settings defaults() {
        return defaults;
    }

    @Override
    public ModelTask task() {
        return ModelTask.IMAGE_CLASS_CONDITIONAL;
    }

    @Override
    public Measures measures() {
        return Tiles.MEASURES;
    }

    @Override
    public Corpus corpus(Path data) {
        return Tiles.read(data);
    }

    @Override
    public Work open(WorkContext context, Corpus corpus) {
        return new GanWork(context, corpus, new Judging());
    }

    /** Without a judge, which is no model of its own and is trained by the recipe's own evaluation. */
    @Override
    public Map<String, Double> evaluate(Corpus corpus, ExportedModel model, ExportedModels others) {
        return Tiles.measures(corpus, (labels, seed) -> model.make(corpus.train(), labels, seed))
                .ofPixels();
    }

    private static final class Judging implements GanJudging {
        @Override
        public Map<String, Double> judge(WorkContext context, Corpus corpus, GanLearner learner) {
            TileMeasures measures = Tiles.measures(corpus, learner::make);
            try (ClassifierLearner judge = Tiles.trainedJudge(context, corpus)) {
                return Tiles.judged(context, measures, judge);
            }
        }

        @Override
        public ModelCard card(ModelCard blank) {
            return blank.use(
                            "Makes a 32x32 tile from 64 Gaussian numbers and a label. Colour is premultiplied by alpha; cut"
                                    + " alpha at 0.5.")
                    .data(Tiles.DATA)
                    .limits(Tiles.LIMITS);
        }

        @Override
        public String license() {
            return Tiles.LICENSE;
        }
    }
}
