package io.atelier.learn;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.learn.engine.EngineOptions;
import io.atelier.learn.recipe.Recipe;
import io.atelier.learn.recipe.RecipeRun;
import io.atelier.learn.recipe.Recipes;
import io.atelier.learn.train.Progress;
import io.atelier.learn.train.StopSignal;
import io.atelier.models.DirectoryModelRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a recipe and publishes the model. */
@Command(
        name = "train",
        description = {
            "Trains a recipe, evaluates the model and publishes it.",
            "SIGTERM and Ctrl-C write a checkpoint and exit with 0; --resume goes on from there, also after kill -9."
        })
@SuppressWarnings("NullAway.Init") // picocli fills what is required
final class TrainCommand implements Callable<Integer> {
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RECIPE", description = "The recipe's name; see recipes.")
    private String recipe;

    @Option(names = "--data", required = true, paramLabel = "PATH", description = "Folder or archive with the data.")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run's folder.")
    private Path out;

    @Option(names = "--repository", required = true, paramLabel = "DIR", description = "Where to publish the model.")
    private Path repository;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = {
                "Overrides a setting; may be repeated.",
                "init=MODEL starts from a published model's weights."
            })
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--seed", description = "Seed of everything drawn (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--resume", description = "Go on with the run in --out.")
    private boolean resume;

    @Option(names = "--device", defaultValue = "auto", description = "cpu, cuda:N or auto (default).")
    private String device;

    @Option(names = "--threads", description = "Threads (default: one per core).")
    private @Nullable Integer threads;

    @Option(names = "--json", description = "Print the result as one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        Recipe chosen = Recipes.byName(recipe);
        int count = threads == null ? EngineOptions.defaults().threads() : threads;
        RecipeRun.Request request = new RecipeRun.Request(
                data, out, settings, Optional.ofNullable(seed), resume, new EngineOptions(device, count, "auto"));
        StopSignal stop = new StopSignal();
        stop.onTermination(STOP_PATIENCE);
        try {
            RecipeRun.Result result = new RecipeRun(
                            chosen,
                            request,
                            new DirectoryModelRepository(repository, InstantSource.system()),
                            Progress.onConsole(chosen.name()),
                            stop)
                    .execute();
            print(result);
            return 0;
        } finally {
            stop.finished();
        }
    }

    private void print(RecipeRun.Result result) {
        if (!json) {
            result.model().ifPresent(spec.commandLine().getOut()::println);
            return;
        }
        ObjectNode document = new JsonMapper()
                .createObjectNode()
                .put("finished", result.finished())
                .put("model", result.model().orElse(null))
                .put("promoted", result.promoted());
        ObjectNode metrics = document.putObject("metrics");
        result.metrics().forEach(metrics::put);
        spec.commandLine().getOut().println(document.toPrettyString());
        spec.commandLine().getOut().flush();
    }
}
