package io.atelier.learn;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.TemporaryFolder;
import io.atelier.learn.data.Dataset;
import io.atelier.learn.exported.ExportedModel;
import io.atelier.learn.exported.ExportedModels;
import io.atelier.learn.recipe.Recipe;
import io.atelier.learn.recipe.Recipes;
import io.atelier.learn.stores.ObjectStores;
import io.atelier.learn.stores.Place;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Training;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates a published version by its exported graphs. */
@Command(name = "eval", description = "Measures a published model's graphs, as they are served, on held-out data.")
@SuppressWarnings("NullAway.Init") // picocli fills what is required
final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "NAME, for the promoted version, or NAME@VERSION.")
    private String model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PLACE",
            description = "Folder or archive with the data, or s3://bucket/prefix of either.")
    private String data;

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "PLACE",
            description = "Where the model is published: a folder or s3://bucket/prefix.")
    private String repository;

    @Mixin
    private S3Options s3;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Place published = Place.of("repository", repository);
        Place measured = Place.of("data", data);
        ModelRef ref = ModelRef.parse(model);
        try (TemporaryFolder fetched = TemporaryFolder.create("atelier-eval-");
                ObjectStores stores = s3.open()) {
            ModelRepository models = stores.models(published, fetched.path().resolve("cache"));
            Recipe<?> recipe = recipe(models.manifest(ref));
            Path found = stores.data(measured, fetched.path().resolve("data"), () -> {});
            try (ExportedModels exported = new ExportedModels(models);
                    ExportedModel opened = exported.open(ref)) {
                print(evaluate(recipe, found, opened, exported));
            }
        }
        return 0;
    }

    private static <D extends Dataset> Map<String, Double> evaluate(
            Recipe<D> recipe, Path data, ExportedModel opened, ExportedModels exported) {
        return recipe.evaluate(recipe.corpus(data), opened, exported);
    }

    /** How a model is measured is its recipe's business. */
    private static Recipe<?> recipe(ModelManifest manifest) {
        return manifest.training()
                .map(Training::recipe)
                .map(Recipes::byName)
                .orElseThrow(() -> Problem.field(
                                ErrorCode.WRONG_TASK,
                                "model",
                                "a model trained by a recipe",
                                manifest.name()
                                        + " was not trained by a recipe, so that no one knows how to measure it.")
                        .exception());
    }

    private void print(Map<String, Double> metrics) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode document = new JsonMapper().createObjectNode();
            ObjectNode numbers = document.putObject("metrics");
            metrics.forEach(numbers::put);
            out.println(document.toPrettyString());
        } else {
            metrics.forEach((name, value) -> out.println(String.format(Locale.ROOT, "%s %.4f", name, value)));
        }
        out.flush();
    }
}
