package io.atelier.learn.recipe;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.IdxCorpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.GanLearner;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Trains, judges and exports a conditional GAN of Fashion-MNIST. The judge is cnn-fashion, trained on the real pictures. */
final class GanFashion implements Recipe<Corpus> {
    private static final String JUDGE = "cnn-fashion";
    private static final long JUDGE_SEED = 1;
    private static final long MADE_SEED = 7;

    private static final Measures MEASURES = new Measures(
            List.of("recognised", "recognised_minus_real", "diversity_ratio", "trained_on_made_accuracy"),
            List.of("frechet"));

    private final Settings defaults = Recipes.file("gan-fashion", MEASURES);
    private final Settings classifier = Recipes.file(JUDGE, CnnFashion.MEASURES);

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
        return MEASURES;
    }

    @Override
    public Corpus corpus(Path data) {
        return IdxCorpus.fashionMnist(data);
    }

    @Override
    public Work open(WorkContext context, Corpus corpus) {
        return new GanWork(context, corpus, new Judging());
    }

    @Override
    public Map<String, Double> evaluate(Corpus corpus, ExportedModel model, ExportedModels others) {
        try (ExportedModel judge = others.find(JUDGE).orElseThrow(() -> noJudge())) {
            int[] labels = Labels.balanced(corpus.train().classes(), defaults.whole("evaluation.judged"));
            LabelledPictures made = model.make(corpus.train(), labels, MADE_SEED);
            return new FashionMeasures(corpus.train(), corpus.heldOut()).of(made, judge);
        }
    }

    private static RuntimeException noJudge() {
        return Problem.field(
                        ErrorCode.UNKNOWN_MODEL,
                        "repository",
                        JUDGE,
                        "Made clothes are judged by the model " + JUDGE
                                + ", which is not in the repository. Train it first.")
                .exception();
    }

    private final class Judging implements GanJudging {
        @Override
        public Map<String, Double> judge(WorkContext context, Corpus corpus, GanLearner learner) {
            int classes = corpus.train().classes();
            Settings settings = context.settings();
            int judged = settings.whole("evaluation.judged");
            LabelledPictures made = learner.make(Labels.balanced(classes, judged), MADE_SEED);
            ContactSheet.byClass(made, 20, SheetStyle.DARK).write(context.run().file("sheet.png"));
            Map<String, Double> metrics = new TreeMap<>();
            try (ClassifierLearner judge = trained(context, "judge", corpus.train())) {
                metrics.putAll(new FashionMeasures(corpus.train(), corpus.heldOut()).of(made, judge));
            }
            int taught = settings.whole("evaluation.taught");
            LabelledPictures lesson = learner.make(Labels.balanced(classes, taught), MADE_SEED + 1);
            try (ClassifierLearner pupil = trained(context, "pupil", lesson)) {
                metrics.put("trained_on_made_accuracy", pupil.accuracy(corpus.heldOut()));
            }
            return metrics;
        }

        private ClassifierLearner trained(WorkContext context, String name, LabelledPictures pictures) {
            int held = pictures.count() / 30;
            int batch = Math.min(classifier.whole("schedule.batch"), pictures.count() - held);
            Settings settings = classifier.with(Map.of(
                    "data.validation", Integer.toString(held),
                    "schedule.batch", Integer.toString(batch),
                    "schedule.epochs", context.settings().texts().get("evaluation.judgeEpochs")));
            return SideTraining.trained(
                    context,
                    name,
                    CnnFashion.learner(context.engine(), settings, JUDGE_SEED, pictures),
                    Schedules.classifierLoop(settings, pictures.count(), JUDGE_SEED));
        }

        @Override
        public ModelCard card(ModelCard blank) {
            return blank.use(
                            "Makes a 28x28 grey picture, light on black, of one of ten kinds of clothing from 64 Gaussian"
                                    + " numbers and a label.")
                    .data("Fashion-MNIST by Zalando Research, 60,000 training pictures, MIT licence. Its 10,000 test"
                            + " pictures were used for the figures below and for nothing else.")
                    .limits("Small pictures, nothing but these ten kinds. Bags' handles and sandals' straps are the"
                            + " weakest. recognised: share of made pictures, every kind equally often, that a classifier"
                            + " trained on real ones takes for the wanted kind; real_recognised is its accuracy on the"
                            + " real test pictures. diversity: mean distance of two pictures of a kind in that"
                            + " classifier's 512 features. trained_on_made_accuracy: accuracy on real test pictures of"
                            + " the same classifier trained on made pictures alone. Frechet distances are to the test"
                            + " pictures, in the same features; real_frechet is of training pictures.");
        }

        @Override
        public String license() {
            return "MIT";
        }
    }
}
