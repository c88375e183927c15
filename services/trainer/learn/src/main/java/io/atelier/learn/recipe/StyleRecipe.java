package io.atelier.learn.recipe;

import io.atelier.learn.data.ReadLimits;
import io.atelier.learn.data.StylePictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.EngineOptions;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.learn.style.StyleLoss;
import io.atelier.models.ModelTask;
import io.atelier.models.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Trains, judges and exports one network that paints photographs in the manner of several paintings. */
final class StyleRecipe implements Recipe<StylePictures> {
    private static final Measures MEASURES = new Measures(List.of("style_gain"), List.of("style", "content"));

    private final Settings defaults = Recipes.file("style", MEASURES);

    @Override
    public Settings defaults() {
        return defaults;
    }

    @Override
    public ModelTask task() {
        return ModelTask.IMAGE_STYLE;
    }

    @Override
    public Measures measures() {
        return MEASURES;
    }

    @Override
    public StylePictures corpus(Path data) {
        return StylePictures.read(data, ReadLimits.DEFAULT);
    }

    @Override
    public Work open(WorkContext context, StylePictures corpus) {
        return new StyleWork(context, corpus);
    }

    /** By the paintings, losses and held-out photographs of the model's own training. */
    @Override
    public Map<String, Double> evaluate(StylePictures corpus, ExportedModel model, ExportedModels others) {
        Training training = model.manifest().training().orElseThrow();
        StyleSettings settings = new StyleSettings(defaults.with(training.settings()));
        boolean anyBlas = settings.settings().text("compute.blas").equals("any");
        Engine engine = Engine.start(EngineOptions.defaults().withAnyBlas(anyBlas));
        StylePictures chosen = settings.chosen(corpus);
        List<StyleLoss> losses = settings.losses(engine, chosen);
        try {
            return new StyleMeasures(engine, chosen.labelNames(), losses, settings.heldOut(chosen, training.seed()))
                    .of(model.painter());
        } finally {
            losses.forEach(StyleLoss::close);
        }
    }
}
