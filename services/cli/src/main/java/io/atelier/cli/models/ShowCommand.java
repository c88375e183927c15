package io.atelier.cli.models;

import io.atelier.cli.Output;
import io.atelier.models.ModelJson;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelRef;
import java.nio.charset.StandardCharsets;
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
    public Integer call() {
        try (OpenRepository open = repository.open()) {
            show(open.models().manifest(ModelRef.parse(model)), open.place());
        }
        return 0;
    }

    private void show(ModelManifest manifest, String place) {
        if (output.isJson()) {
            output.result(new String(ModelJson.write(manifest), StandardCharsets.UTF_8).stripTrailing());
            return;
        }
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
        output.result("place    " + place + manifest.name() + "/" + manifest.version());
    }
}
