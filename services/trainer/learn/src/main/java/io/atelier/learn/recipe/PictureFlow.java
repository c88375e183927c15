package io.atelier.learn.recipe;

import io.atelier.inference.flow.FlowDefaults;
import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.VelocityNet;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.learn.train.FlowPictures;
import io.atelier.models.ModelTask;
import java.util.Map;
import java.util.TreeMap;

/** Trains, judges and exports a flow of a set of pictures. The judge is a small classifier of the real ones. */
final class PictureFlow extends PictureRecipe {
    PictureFlow(String name, PictureSet set) {
        super(name, set);
    }

    @Override
    public ModelTask task() {
        return ModelTask.IMAGE_FLOW;
    }

    @Override
    public Work open(WorkContext context, Corpus corpus) {
        return new FlowWork(context, corpus, set);
    }

    /** Without a judge, which is no model of its own and is trained by the recipe's own evaluation. */
    @Override
    public Map<String, Double> evaluate(Corpus corpus, ExportedModel model, ExportedModels others) {
        FlowSampler sampler = FlowDefaults.of(model.manifest());
        Map<String, Double> metrics =
                new TreeMap<>(made(set, corpus, model.velocity(), sampler).ofPixels());
        FewSteps.of(sampler)
                .ifPresent(few -> FewSteps.put(
                        metrics, made(set, corpus, model.velocity(), few).ofPixels()));
        return metrics;
    }

    /** Measures of the pictures that a network makes of a set. */
    static PictureMeasures made(PictureSet set, Corpus corpus, VelocityNet net, FlowSampler sampler) {
        return set.measures(corpus, new FlowPictures(net, sampler, corpus.train())::make);
    }
}
