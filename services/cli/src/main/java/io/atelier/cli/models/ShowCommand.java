package io.atelier.cli.models;

import io.atelier.cli.Output;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one version of a model. */
@Command(name = "show", description = "Shows a model's manifest; with --json model.json as it is.")
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "NAME, for the promoted version, or NAME@VERSION.")
    @SuppressWarnings("NullAway.Init") // picocli fills what is required
    private String model;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        ModelRepository models = repository.open();
        ModelPackage found = models.open(ModelRef.parse(model));
        if (output.isJson()) {
            output.result(Files.readString(found.file("model.json")));
            return 0;
        }
        ModelManifest manifest = found.manifest();
        output.result(manifest.name() + "@" + manifest.version() + "  "
                + manifest.task().id());
        output.result("digest   " + manifest.digest().hex());
        output.result("labels   " + String.join(", ", manifest.labels()));
        manifest.files().forEach(file -> output.result("file     " + file.name() + "  " + file.size() + " bytes"));
        manifest.license().ifPresent(license -> output.result("licence  " + license));
        manifest.training().ifPresent(training -> {
            output.result("recipe   " + training.recipe() + ", seed " + training.seed());
            training.metrics().forEach((name, value) -> output.result("metric   " + name + " = " + value));
        });
        output.result("folder   " + found.folder());
        return 0;
    }
}
