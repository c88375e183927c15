package io.atelier.cli.models;

import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import picocli.CommandLine.Command;

/** Pins a version. */
@Command(name = "pin", description = "Promotes a version and keeps it whatever is published later.")
final class PinCommand extends VersionCommand {
    @Override
    Promotion change(ModelRepository models, ModelName model, long wanted) {
        return models.pin(model, wanted);
    }
}
