package io.atelier.learn.recipe;

import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.nets.Discriminator;
import io.atelier.learn.nets.Generator;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.train.Augmentation;
import io.atelier.learn.train.GanLearner;
import io.atelier.learn.train.Learner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Sampler;
import io.atelier.models.ModelDraft;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A GAN's training by its settings; how the result is judged, and what its card says, differs from recipe to recipe. */
final class GanWork implements Work {
    private static final String GENERATOR = "generator";
    private static final String DISCRIMINATOR = "discriminator";

    private final WorkContext context;
    private final Corpus corpus;
    private final GanJudging judging;
    private final GanLearner learner;

    GanWork(WorkContext context, Corpus corpus, GanJudging judging) {
        this.context = context;
        this.corpus = corpus;
        this.judging = judging;
        this.learner = learner(context, corpus.train());
    }

    private static GanLearner learner(WorkContext context, LabelledPictures pictures) {
        Settings settings = context.settings();
        Sides sides = Sides.of(pictures);
        Generator.Shape generator = new Generator.Shape(
                settings.whole("architecture.latent"),
                settings.whole("architecture.embedding"),
                pictures.classes(),
                pictures.height(),
                pictures.channels(),
                sides.doubling(settings, "architecture.generator"),
                settings.whole("architecture.residual"),
                settings.whole("architecture.refine"));
        int group = settings.whole("schedule.group");
        int batch = batch(settings, pictures.count(), group);
        Discriminator.Shape discriminator = new Discriminator.Shape(
                pictures.channels(),
                pictures.classes(),
                sides.halving(settings, "architecture.discriminator"),
                settings.whole("architecture.last"),
                group);
        double[] weights =
                Sampler.classWeights(pictures.labels(), pictures.countsByClass(), settings.number("data.balance"));
        GanLearner.Options options = new GanLearner.Options(
                Sampler.grouped(pictures.labels(), weights, batch, group),
                Schedules.rate(settings, Schedules.steps(settings)),
                OptimiserOptions.adam(settings.number("schedule.beta1"), settings.number("schedule.beta2")),
                settings.number("schedule.r1"),
                settings.whole("schedule.r1Every"),
                settings.number("schedule.ema"),
                new Augmentation(
                        settings.flag("data.mirror"), settings.whole("data.shift"), settings.whole("data.cutout")),
                settings.number("export.spread"));
        return new GanLearner(context.engine(), generator, discriminator, context.seed(), pictures, options);
    }

    private static int batch(Settings settings, int pictures, int group) {
        int batch = Schedules.batch(settings, pictures);
        if (batch % group != 0) {
            throw Settings.refused(
                    "schedule.batch",
                    "a multiple of schedule.group, " + group,
                    "is " + batch + ", which is no multiple of schedule.group, " + group);
        }
        return batch;
    }

    @Override
    public Learner learner() {
        return learner;
    }

    /** The generator's moving average is what is published, and what both of them go on from. */
    @Override
    public Weights weights() {
        return new Weights(Map.of(
                GENERATOR,
                List.of(network("average"), network(GENERATOR)),
                DISCRIMINATOR,
                List.of(network(DISCRIMINATOR))));
    }

    private ParamStore network(String name) {
        return Objects.requireNonNull(learner.networks().get(name), name);
    }

    @Override
    public LoopOptions rhythm() {
        return Schedules.generating(context);
    }

    @Override
    public Map<String, Double> evaluate() {
        return judging.judge(context, corpus, learner);
    }

    @Override
    public ModelDraft export(Path folder, Map<String, Double> metrics) {
        ModelCard card = judging.card(new ModelCard(context, corpus, metrics));
        ExternalData kept = Objects.requireNonNull(weights().write(folder).get(GENERATOR));
        return new GeneratorExport(learner.average(), corpus.train())
                .draft(context, corpus, card, judging.license(), folder, metrics, kept);
    }

    @Override
    public void close() {
        learner.close();
    }
}
