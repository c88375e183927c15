package io.atelier.cli.models;

import io.atelier.cli.Output;
import io.atelier.models.ModelName;
import io.atelier.models.Promotion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Promotes a version. */
@Command(name = "promote", description = "Makes a version the one that serves.")
final class PromoteCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    @SuppressWarnings("NullAway.Init") // picocli fills what is required
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version's number.")
    private long version;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Promotion promotion = repository.open().promote(new ModelName(name), version);
        Promotions.print(output, name, promotion);
        return 0;
    }
}
