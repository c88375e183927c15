package io.atelier.cli.models;

import io.atelier.cli.Broker;
import io.atelier.cli.BrokerOption;
import io.atelier.cli.CommandException;
import io.atelier.cli.Output;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes which version of a model serves, and tells which does now. */
abstract class PromotionCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The model's name; promote and pin also take NAME@VERSION.")
    @SuppressWarnings("NullAway.Init") // picocli fills what is required
    private String name;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final BrokerOption broker = new BrokerOption();

    @Mixin
    private final Output output = new Output();

    abstract Promotion change(ModelRepository models, ModelRef model);

    /** For a change that finds the version itself. */
    static ModelName nameOnly(ModelRef model) {
        if (model.version().isPresent()) {
            throw CommandException.usage("This takes a name without a version, not " + model + ".");
        }
        return model.name();
    }

    @Override
    public final Integer call() {
        ModelRef model = ModelRef.parse(name);
        Optional<Broker> told =
                broker.broker(repository.folder()); // what is wrong with it is said before anything changes
        try (OpenRepository open = repository.open()) {
            Promotions.print(output, model.name().value(), change(open.models(), model));
            told.ifPresent(known -> new ModelHints(known, output::say).tell(open.models(), model.name()));
        }
        return 0;
    }
}
