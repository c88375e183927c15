package io.atelier.cli.models;

import io.atelier.cli.Broker;
import io.atelier.cli.BrokerOption;
import io.atelier.cli.CommandException;
import io.atelier.cli.Output;
import io.atelier.imports.ImportRequest;
import io.atelier.imports.Imported;
import io.atelier.imports.ModelImport;
import io.atelier.inference.trial.Trial;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports an ONNX model that others exported. */
@Command(
        name = "import",
        description = {
            "Vets an ONNX model that others exported, tries it in a process of its own, and publishes it.",
            "What the model does not tell of its pictures is asked for by the option that tells it."
        })
@SuppressWarnings("NullAway.Init") // picocli fills what is required
final class ImportCommand implements Callable<Integer> {
    private static final long MOST_SECONDS = 600;
    private static final long MOST_MIB = 1 << 20;

    @Parameters(paramLabel = "PATH", description = "The ONNX file; weights of its own lie in the same folder.")
    private Path path;

    @Option(
            names = "--task",
            required = true,
            paramLabel = "TASK",
            description = "What it does: image.classify, image.class-conditional or image.style.")
    private String task;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "What it will be called.")
    private String name;

    @Mixin
    private final ToldOptions told = new ToldOptions();

    @Option(names = "--license", paramLabel = "SPDX-ID", description = "The licence of its weights (default: unknown).")
    private @Nullable String license;

    @Option(
            names = "--trial-seconds",
            defaultValue = "5",
            paramLabel = "N",
            description = "How long its trial may take, 1 to 600 (default: 5).")
    private long trialSeconds;

    @Option(
            names = "--trial-memory",
            paramLabel = "MIB",
            description = "How much memory its trial may take (default: 2048 and four times the model's size).")
    private @Nullable Long trialMemory;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final BrokerOption broker = new BrokerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        ImportRequest request = request();
        Optional<Broker> hinted = broker.broker(repository.folder());
        Trial.missing().ifPresent(output::say);
        try (OpenRepository open = repository.open()) {
            Imported imported = new ModelImport(open.models()).run(request);
            tell(imported);
            hinted.ifPresent(known -> new ModelHints(known, output::say).tell(open.models(), request.name()));
        }
        return 0;
    }

    private ImportRequest request() throws IOException {
        if (trialSeconds < 1 || trialSeconds > MOST_SECONDS) {
            throw CommandException.usage("--trial-seconds is 1 to " + MOST_SECONDS + ", not " + trialSeconds + ".");
        }
        if (trialMemory != null && (trialMemory < 1 || trialMemory > MOST_MIB)) {
            throw CommandException.usage("--trial-memory is 1 to " + MOST_MIB + " MiB, not " + trialMemory + ".");
        }
        return new ImportRequest(
                path,
                new ModelName(name),
                ModelTask.byId(task)
                        .orElseThrow(() -> CommandException.usage("There is no task " + task
                                + "; models are imported for image.classify, image.class-conditional and"
                                + " image.style.")),
                told.told(),
                Optional.ofNullable(license),
                Duration.ofSeconds(trialSeconds),
                trialMemory == null ? OptionalLong.empty() : OptionalLong.of(trialMemory));
    }

    private void tell(Imported imported) {
        ModelManifest manifest = imported.manifest();
        if (output.isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("model", manifest.name() + "@" + manifest.version());
            document.put("task", manifest.task().id());
            document.put("digest", manifest.digest().hex());
            document.put("labels", manifest.labels().size());
            document.put("found", imported.found());
            output.document(document);
            return;
        }
        output.result("Imported " + manifest.name() + "@" + manifest.version() + " for "
                + manifest.task().id());
        imported.found().forEach(line -> output.result("  " + line));
        next(manifest).ifPresent(line -> output.result("Try it: " + line));
    }

    private static Optional<String> next(ModelManifest manifest) {
        return switch (manifest.task()) {
            case IMAGE_CLASSIFY -> Optional.of("./atelier image classify --model " + manifest.name() + " PICTURE");
            case IMAGE_CLASS_CONDITIONAL -> Optional.of("./atelier image generate --model " + manifest.name());
            case IMAGE_STYLE -> Optional.of("./atelier image stylize PICTURE --model " + manifest.name());
            default -> Optional.empty();
        };
    }
}
