package io.atelier.cli.models;

import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pins a version. */
@Command(name = "pin", description = "Promotes a version and keeps it whatever is published later.")
final class PinCommand extends PromotionCommand {
    @Parameters(index = "1", paramLabel = "VERSION", description = "The version's number.")
    private long version;

    @Override
    Promotion change(ModelRepository models, ModelName model) {
        return models.pin(model, version);
    }
}
