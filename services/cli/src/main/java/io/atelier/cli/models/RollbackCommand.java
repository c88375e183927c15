package io.atelier.cli.models;

import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import picocli.CommandLine.Command;

/** Goes back to the version before. */
@Command(name = "rollback", description = "Promotes the version that served before.")
final class RollbackCommand extends PromotionCommand {
    @Override
    Promotion change(ModelRepository models, ModelRef model) {
        return models.rollback(nameOnly(model));
    }
}
