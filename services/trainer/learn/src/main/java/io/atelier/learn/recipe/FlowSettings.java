package io.atelier.learn.recipe;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Guidance;
import io.atelier.inference.flow.Solver;

/** How a recipe's settings say a flow's pictures are made where a request says nothing. */
final class FlowSettings {
    private FlowSettings() {}

    static FlowSampler of(Settings settings) {
        return new FlowSampler(
                Solver.byId(settings.text("export.sampler")),
                settings.whole("export.steps"),
                new Guidance(
                        settings.number("export.guidance"),
                        settings.number("export.guidanceFrom"),
                        settings.number("export.guidanceTo")),
                settings.number("export.spread"));
    }
}
