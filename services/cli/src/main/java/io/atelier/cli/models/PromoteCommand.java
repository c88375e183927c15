package io.atelier.cli.models;

import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Promotes a version. */
@Command(name = "promote", description = "Makes a version the one that serves.")
final class PromoteCommand extends PromotionCommand {
    @Parameters(index = "1", paramLabel = "VERSION", description = "The version's number.")
    private long version;

    @Override
    Promotion change(ModelRepository models, ModelName model) {
        return models.promote(model, version);
    }
}
