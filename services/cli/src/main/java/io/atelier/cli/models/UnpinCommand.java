package io.atelier.cli.models;

import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import picocli.CommandLine.Command;

/** Ends a pin. */
@Command(name = "unpin", description = "Lets later versions be promoted again.")
final class UnpinCommand extends PromotionCommand {
    @Override
    Promotion change(ModelRepository models, ModelRef model) {
        return models.unpin(nameOnly(model));
    }
}
