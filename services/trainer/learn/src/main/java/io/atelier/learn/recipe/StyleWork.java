package io.atelier.learn.recipe;

import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.data.StylePictures;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.optim.OptimiserOptions;
import io.atelier.learn.train.Learner;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Painter;
import io.atelier.learn.train.StyleLearner;
import io.atelier.learn.train.StyleSheet;
import io.atelier.models.ModelDraft;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A style network's training by its settings, its judgement and its package. */
final class StyleWork implements Work {
    private static final String NETWORK = "stylizer";
    private static final int SHEET_ROWS = 3;

    private final WorkContext context;
    private final StylePictures pictures;
    private final List<NamedPicture> heldOut;
    private final StyleLearner learner;

    StyleWork(WorkContext context, StylePictures all) {
        this.context = context;
        StyleSettings settings = new StyleSettings(context.settings());
        this.pictures = settings.chosen(all);
        this.heldOut = settings.heldOut(pictures, context.seed());
        this.learner = learner(settings);
    }

    private StyleLearner learner(StyleSettings chosen) {
        Settings settings = context.settings();
        int styles = pictures.paintings().size();
        List<NamedPicture> photographs = chosen.training(pictures, context.seed());
        StyleLearner.Options options = new StyleLearner.Options(
                Schedules.batch(settings, photographs.size()),
                chosen.side(),
                settings.whole("schedule.recolouring"),
                Schedules.rate(settings, Schedules.steps(settings)),
                new OptimiserOptions(
                        OptimiserOptions.Kind.byId(settings.text("schedule.optimiser")),
                        settings.number("schedule.beta1"),
                        settings.number("schedule.beta2"),
                        1e-8,
                        0),
                settings.number("schedule.clip"),
                settings.number("schedule.ema"),
                sheet(Math.min(SHEET_ROWS, heldOut.size())));
        return new StyleLearner(
                context.engine(),
                chosen.shape(styles),
                context.seed(),
                chosen.losses(context.engine(), pictures),
                photographs,
                options);
    }

    private StyleSheet sheet(int rows) {
        return new StyleSheet(heldOut.subList(0, rows), pictures.paintings().size());
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
        sheet(heldOut.size()).write(stoppable(), context.run().file("sheet.png"));
        return new StyleMeasures(context.engine(), pictures.labelNames(), learner.losses(), heldOut).of(stoppable());
    }

    private Painter stoppable() {
        Painter painter = learner.painter();
        return (photograph, height, width, style, seed) -> {
            if (context.stop().requested()) {
                throw new StoppedException();
            }
            return painter.paint(photograph, height, width, style, seed);
        };
    }

    @Override
    public ModelDraft export(Path folder, Map<String, Double> metrics) {
        ExternalData kept = Objects.requireNonNull(weights().write(folder).get(NETWORK));
        return new StyleExport(learner.average(), pictures).draft(context, folder, metrics, kept);
    }

    @Override
    public void close() {
        learner.close();
    }
}
