package io.atelier.learn.recipe;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.VelocityNet;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.nets.FlowNet;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.train.Augmentation;
import io.atelier.learn.train.ClassifierLearner;
import io.atelier.learn.train.FlowLearner;
import io.atelier.learn.train.Learner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Sampler;
import io.atelier.models.ModelDraft;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A flow's training by its settings, its judgement and its package. */
final class FlowWork implements Work {
    private static final String NETWORK = "velocity";

    private final WorkContext context;
    private final Corpus corpus;
    private final PictureSet set;
    private final FlowSampler making;
    private final FlowLearner learner;

    FlowWork(WorkContext context, Corpus corpus, PictureSet set) {
        this.context = context;
        this.corpus = corpus;
        this.set = set;
        this.making = FlowSettings.of(context.settings());
        this.learner = learner(context, corpus.train(), making);
    }

    private static FlowLearner learner(WorkContext context, LabelledPictures pictures, FlowSampler making) {
        Settings settings = context.settings();
        double[] weights =
                Sampler.classWeights(pictures.labels(), pictures.countsByClass(), settings.number("data.balance"));
        FlowLearner.Options options = new FlowLearner.Options(
                Sampler.weighted(weights, Schedules.batch(settings, pictures.count())),
                Schedules.rate(settings, Schedules.steps(settings)),
                new OptimiserOptions(
                        OptimiserOptions.Kind.byId(settings.text("schedule.optimiser")),
                        settings.number("schedule.beta1"),
                        settings.number("schedule.beta2"),
                        1e-8,
                        settings.number("schedule.weightDecay")),
                settings.number("schedule.clip"),
                settings.number("schedule.labelDrop"),
                settings.number("schedule.ema"),
                new Augmentation(settings.flag("data.mirror"), settings.whole("data.shift"), 0),
                making);
        return new FlowLearner(context.engine(), shape(settings, pictures), context.seed(), pictures, options);
    }

    private static FlowNet.Shape shape(Settings settings, LabelledPictures pictures) {
        List<Integer> widths = Sides.of(pictures).doubling(settings, "architecture.widths");
        for (int width : widths) {
            if (width % FlowNet.GROUPS != 0) {
                throw Settings.refused(
                        "architecture.widths",
                        "multiples of " + FlowNet.GROUPS,
                        "is " + widths + ", of which " + width + " is no multiple of " + FlowNet.GROUPS);
            }
        }
        int heads = settings.whole("architecture.heads");
        if (widths.getLast() % heads != 0) {
            throw Settings.refused(
                    "architecture.heads",
                    "a divisor of " + widths.getLast(),
                    "is " + heads + ", which does not divide the last of architecture.widths, " + widths.getLast());
        }
        return new FlowNet.Shape(
                pictures.channels(),
                pictures.height(),
                pictures.classes(),
                widths,
                settings.whole("architecture.embedding"),
                heads);
    }

    @Override
    public Learner learner() {
        return learner;
    }

    /** The moving average is what is published, and what both go on from. */
    @Override
    public Weights weights() {
        return new Weights(Map.of(NETWORK, List.of(network("average"), network(NETWORK))));
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
        PictureMeasures measures = PictureFlow.made(set, corpus, stoppable(), making);
        Optional<PictureMeasures> few =
                FewSteps.of(making).map(sampler -> PictureFlow.made(set, corpus, stoppable(), sampler));
        try (ClassifierLearner judge = set.trainedJudge(context, corpus)) {
            Map<String, Double> metrics = set.judged(context, measures, judge);
            few.ifPresent(measured -> {
                FewSteps.put(metrics, measured.ofPixels());
                FewSteps.put(metrics, measured.by(judge));
            });
            return metrics;
        }
    }

    /** Making pictures takes minutes, longer than who asks for a stop is ready to wait. */
    private VelocityNet stoppable() {
        VelocityNet net = learner.velocity();
        return (rows, times, labels) -> {
            if (context.stop().requested()) {
                throw new StoppedException();
            }
            return net.at(rows, times, labels);
        };
    }

    @Override
    public ModelDraft export(Path folder, Map<String, Double> metrics) {
        ModelCard card = set.card(
                new ModelCard(context, corpus, metrics),
                "It is made from noise and a label: `velocity` tells where each value of a picture moves at a time of its"
                        + " way; start from a Gaussian number for each value at time 0, follow the velocity to time 1 and"
                        + " clamp to -1..1. For guidance run each picture twice, with its label and with "
                        + corpus.train().classes() + ", which stands for any class, and take"
                        + " any + guidance (wanted - any) at the times that the package's defaults give. Figures below that"
                        + " begin with few_, where there are any, are of pictures made by Heun's method with 11 evaluations"
                        + " of the network instead of the package's default.");
        ExternalData kept = Objects.requireNonNull(weights().write(folder).get(NETWORK));
        return new FlowExport(learner.average(), corpus.train(), making)
                .draft(context, corpus, card, set.license(), folder, metrics, kept);
    }

    @Override
    public void close() {
        learner.close();
    }
}
