package io.atelier.learn.recipe;

import io.atelier.kernel.Seeds;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.IdxCorpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.learn.measure.Confusion;
import io.atelier.learn.nets.ConvClassifier;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.train.Augmentation;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.Judge;
import io.atelier.learn.train.Learner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Trains, evaluates and exports a classifier of Fashion-MNIST. */
final class CnnFashion implements Recipe<Corpus> {
    static final Measures MEASURES = new Measures(List.of("accuracy", "val_accuracy"), List.of("val_loss"));

    private final Settings defaults = Recipes.file("cnn-fashion", MEASURES);

    @Override
    public Settings defaults() {
        return defaults;
    }

    @Override
    public ModelTask task() {
        return ModelTask.IMAGE_CLASSIFY;
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
        return new CnnWork(context, corpus);
    }

    @Override
    public Map<String, Double> evaluate(Corpus corpus, ExportedModel model, ExportedModels others) {
        return measured(corpus.heldOut(), model);
    }

    private static Map<String, Double> measured(LabelledPictures test, Judge judge) {
        Map<String, Double> metrics = new TreeMap<>();
        Confusion confusion = Confusion.of(test.labels(), judge.judge(test).logits(), test.classes());
        metrics.put("accuracy", confusion.share());
        double[] byClass = confusion.shareByClass();
        for (int label = 0; label < byClass.length; label++) {
            metrics.put("accuracy_" + test.labelNames().get(label).replace('-', '_'), byClass[label]);
        }
        return metrics;
    }

    /** A learner by this recipe's settings, so that the GAN's measures use the same classifier. */
    static ClassifierLearner learner(Engine engine, Settings settings, long seed, LabelledPictures pictures) {
        int held = settings.atMost("data.validation", pictures.count() - 1);
        int[] order = shuffled(pictures.count(), seed);
        LabelledPictures training =
                pictures.select(IntStream.of(order).skip(held).toArray());
        LabelledPictures validation =
                pictures.select(IntStream.of(order).limit(held).toArray());
        ConvClassifier.Shape shape = new ConvClassifier.Shape(
                pictures.channels(),
                pictures.height(),
                Sides.of(pictures).halving(settings, "architecture.stages"),
                settings.whole("architecture.convolutions"),
                settings.whole("architecture.features"),
                pictures.classes(),
                settings.number("architecture.stageDropout"),
                settings.number("architecture.dropout"));
        Augmentation augmentation = new Augmentation(settings.flag("data.mirror"), settings.whole("data.shift"), 0);
        return new ClassifierLearner(
                engine,
                shape,
                seed,
                training,
                validation,
                Schedules.classifier(settings, training, seed, augmentation));
    }

    private static int[] shuffled(int count, long seed) {
        long[] keyed = IntStream.range(0, count)
                .mapToLong(i -> Seeds.derive(seed, i) & 0xFFFF_FFFF_0000_0000L | i)
                .sorted()
                .toArray();
        return Arrays.stream(keyed).mapToInt(key -> (int) key).toArray();
    }

    private static final class CnnWork implements Work {
        private static final String NETWORK = "classifier";

        private final WorkContext context;
        private final Corpus corpus;
        private final ClassifierLearner learner;

        private CnnWork(WorkContext context, Corpus corpus) {
            this.context = context;
            this.corpus = corpus;
            this.learner = CnnFashion.learner(context.engine(), context.settings(), context.seed(), corpus.train());
        }

        @Override
        public Learner learner() {
            return learner;
        }

        @Override
        public Weights weights() {
            return new Weights(Map.of(
                    NETWORK, List.of(Objects.requireNonNull(learner.networks().get(NETWORK)))));
        }

        @Override
        public LoopOptions rhythm() {
            return Schedules.classifierLoop(context.settings(), corpus.train().count(), context.seed());
        }

        @Override
        public Map<String, Double> evaluate() {
            Map<String, Double> metrics = measured(corpus.heldOut(), learner);
            metrics.putAll(learner.validate());
            return metrics;
        }

        @Override
        public ModelDraft export(Path folder, Map<String, Double> metrics) {
            ModelCard card = new ModelCard(context, corpus, metrics)
                    .use(
                            "Tells which of ten kinds of clothing a 28x28 grey picture shows, light on black as in the data.")
                    .data(
                            "Fashion-MNIST by Zalando Research, 60,000 training and 10,000 test pictures, MIT licence. The"
                                    + " test pictures were used for the figures below and for nothing else.")
                    .limits("Knows no other clothing, no photographs, no pictures with a light background.");
            ExternalData kept = Objects.requireNonNull(weights().write(folder).get(NETWORK));
            return new ClassifierExport(learner.net(), corpus.train())
                    .draft(context, corpus, card, ModelTask.IMAGE_CLASSIFY, "MIT", folder, metrics, kept);
        }

        @Override
        public void close() {
            learner.close();
        }
    }
}
