package io.atelier.cli.models;

import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import picocli.CommandLine.Command;

/** Promotes a version. */
@Command(name = "promote", description = "Makes a version the one that serves.")
final class PromoteCommand extends VersionCommand {
    @Override
    Promotion change(ModelRepository models, ModelName model, long wanted) {
        return models.promote(model, wanted);
    }
}
