package io.atelier.cli.models;

import io.atelier.cli.CommandException;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Changes to a version that is named: {@code NAME VERSION} or {@code NAME@VERSION}. */
abstract class VersionCommand extends PromotionCommand {
    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "The version's number.")
    private @Nullable Long version;

    abstract Promotion change(ModelRepository models, ModelName model, long wanted);

    @Override
    final Promotion change(ModelRepository models, ModelRef model) {
        if (version == null && model.version().isPresent()) {
            return change(models, model.name(), model.version().getAsLong());
        }
        if (version == null || model.version().isPresent()) {
            throw CommandException.usage("Name one version, as NAME VERSION or as NAME@VERSION.");
        }
        return change(models, model.name(), version);
    }
}
