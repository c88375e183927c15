package io.atelier.learn;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.inference.CommandLineLimit;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.learn.engine.EngineOptions;
import io.atelier.learn.engine.Memory;
import io.atelier.learn.recipe.Recipe;
import io.atelier.learn.recipe.RecipeRun;
import io.atelier.learn.recipe.Recipes;
import io.atelier.learn.stores.ObjectStores;
import io.atelier.learn.train.KeptRun;
import io.atelier.learn.train.Progress;
import io.atelier.learn.train.Reports;
import io.atelier.learn.train.StopSignal;
import io.atelier.learn.train.TrainingEvent;
import io.atelier.learn.train.TrainingEvents;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run's folder.")
    private Path out;

    @Mixin
    private TrainPlaces places;

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

    @Option(
            names = "--memory-limit-mb",
            paramLabel = "N",
            description = {
                "Fail in order once this process holds so many MB of resident memory.",
                "A container's limit should lie some hundred MB above."
            })
    private @Nullable Integer memoryLimitMb;

    @Option(
            names = "--leash",
            description = "Stop as for SIGTERM when standard input ends, as it does when the parent process is gone.")
    private boolean leash;

    @ArgGroup
    private Form form = new Form();

    /** What standard output carries. */
    static final class Form {
        @Option(names = "--json", description = "Print the result as one JSON document.")
        private boolean json;

        @Option(names = "--reports", description = "Print what happens, a JSON object a line, and nothing else.")
        private boolean reports;
    }

    @Override
    public Integer call() {
        StopSignal stop = new StopSignal();
        stop.onTermination(STOP_PATIENCE);
        if (leash) {
            stop.onEndOf(System.in, STOP_PATIENCE);
        }
        List<TrainingEvents> listeners = new ArrayList<>(List.of(Progress.onConsole(recipe)));
        if (form.reports) {
            listeners.add(new Reports(System.out, stop));
        }
        TrainingEvents events = TrainingEvents.all(listeners);
        int exit = 1;
        try {
            print(train(events, stop));
            exit = 0;
        } catch (RuntimeException | OutOfMemoryError e) {
            Ending ending = Ending.of(e, spec.commandLine().getErr());
            events.on(new TrainingEvent.Failed(ending.problem()));
            exit = ending.exit();
        } finally {
            stop.finished(exit);
        }
        return exit;
    }

    private RecipeRun.Result train(TrainingEvents listeners, StopSignal stop) {
        CommandLineLimit.require(); // models are exported at the end, which is too late
        Recipe<?> chosen = Recipes.byName(recipe);
        if (memoryLimitMb != null) {
            Memory.limit(memoryLimitMb);
        }
        int count = threads == null ? EngineOptions.defaults().threads() : threads;
        EngineOptions engine = new EngineOptions(device, count, "auto");
        try (ObjectStores stores = places.open()) {
            RecipeRun.Repositories repositories = places.repositories(stores, out);
            Optional<KeptRun> kept = places.kept(stores, out, listeners, stop);
            Optional<KeptFolder> from = places.from(stores);
            RecipeRun.Request request = new RecipeRun.Request(
                    () -> places.data(stores, out, stop),
                    out,
                    run -> kept.ifPresent(keeper -> keeper.bring(run, from)),
                    settings,
                    Optional.ofNullable(seed),
                    resume,
                    engine);
            TrainingEvents events = kept.<TrainingEvents>map(keeper -> keeper).orElse(listeners);
            return new RecipeRun(chosen, request, repositories, events, stop).execute();
        }
    }

    private void print(RecipeRun.Result result) {
        PrintWriter standardOut = spec.commandLine().getOut();
        if (form.json) {
            ObjectNode document = new JsonMapper()
                    .createObjectNode()
                    .put("finished", result.finished())
                    .put("model", result.model().orElse(null))
                    .put("promoted", result.promoted());
            ObjectNode metrics = document.putObject("metrics");
            result.metrics().forEach(metrics::put);
            standardOut.println(document.toPrettyString());
        } else if (!form.reports) {
            result.model().ifPresent(standardOut::println);
        }
        standardOut.flush();
    }
}
