package io.atelier.cli.models;

import io.atelier.cli.Output;
import io.atelier.models.ModelName;
import io.atelier.models.Promotion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes back to the version before. */
@Command(name = "rollback", description = "Promotes the version that served before.")
final class RollbackCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    @SuppressWarnings("NullAway.Init") // picocli fills what is required
    private String name;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Promotion promotion = repository.open().rollback(new ModelName(name));
        Promotions.print(output, name, promotion);
        return 0;
    }
}
