package io.atelier.cli.models;

import io.atelier.cli.Output;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models of a repository. */
@Command(name = "list", description = "Lists the models, their versions and what is promoted.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final Output output = new Output();

    private record Row(
            String name, String task, List<Long> versions, Optional<Long> promoted, boolean pinned, int labels) {}

    @Override
    public Integer call() {
        List<Row> rows = rows();
        if (output.isJson()) {
            output.document(Map.of("models", rows));
            return 0;
        }
        if (rows.isEmpty()) {
            output.result("There are no models yet. Train one: ./atelier train gan-fashion --data DIR");
        }
        rows.forEach(row -> output.result("%-20s %-24s versions %s, promoted %s%s, %d labels"
                .formatted(
                        row.name(),
                        row.task(),
                        row.versions(),
                        row.promoted().map(String::valueOf).orElse("none"),
                        row.pinned() ? " (pinned)" : "",
                        row.labels())));
        return 0;
    }

    private List<Row> rows() {
        try (OpenRepository open = repository.open()) {
            ModelRepository models = open.models();
            return models.names().stream().map(name -> row(models, name)).toList();
        }
    }

    private static Row row(ModelRepository models, ModelName name) {
        List<Long> versions = models.versions(name);
        Optional<Promotion> promotion = models.promotion(name);
        long shown = promotion.map(Promotion::version).orElse(versions.getLast());
        var manifest = models.manifest(new ModelRef(name, OptionalLong.of(shown)));
        return new Row(
                name.value(),
                manifest.task().id(),
                versions,
                promotion.map(Promotion::version),
                promotion.map(Promotion::pinned).orElse(false),
                manifest.labels().size());
    }
}
