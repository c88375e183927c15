package io.atelier.learn.recipe;

import io.atelier.inference.flow.FlowDefaults;
import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Solver;
import io.atelier.inference.flow.VelocityNet;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.learn.train.FlowPictures;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Trains, judges and exports a flow of pixel-art tiles. The judge is a small classifier of the real tiles. */
final class FlowTiles implements Recipe<Corpus> {
    /** Figures of tiles that are made with fewer evaluations of the network have this before their names. */
    private static final String FEW = "few_";

    private static final int FEW_STEPS = 6; // 11 evaluations

    private final Settings defaults = Recipes.file("flow-tiles", Tiles.MEASURES);

    @Override
    public Settings defaults() {
        return defaults;
    }

    @Override
    public ModelTask task() {
        return ModelTask.IMAGE_FLOW;
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
        return new FlowWork(context, corpus);
    }

    /** Without a judge, which is no model of its own and is trained by the recipe's own evaluation. */
    @Override
    public Map<String, Double> evaluate(Corpus corpus, ExportedModel model, ExportedModels others) {
        FlowSampler sampler = FlowDefaults.of(model.manifest());
        Map<String, Double> metrics =
                new TreeMap<>(measures(corpus, model.velocity(), sampler).ofPixels());
        put(metrics, measures(corpus, model.velocity(), few(sampler)).ofPixels());
        return metrics;
    }

    static TileMeasures measures(Corpus corpus, VelocityNet net, FlowSampler sampler) {
        return Tiles.measures(corpus, new FlowPictures(net, sampler, corpus.train())::make);
    }

    /** The same guidance with at most 12 evaluations. */
    static FlowSampler few(FlowSampler sampler) {
        return new FlowSampler(Solver.HEUN, FEW_STEPS, sampler.guidance());
    }

    static void put(Map<String, Double> metrics, Map<String, Double> few) {
        few.forEach((name, value) -> {
            if (!name.startsWith("real_")) {
                metrics.put(FEW + name, value);
            }
        });
    }
}
