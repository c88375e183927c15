package io.atelier.cli.train;

import io.atelier.cli.BrokerOption;
import io.atelier.cli.Installation;
import io.atelier.cli.Output;
import io.atelier.cli.S3Options;
import io.atelier.cli.TargetOption;
import io.atelier.cli.jobs.TrainerClient;
import io.atelier.cli.jobs.Watch;
import io.atelier.cli.models.ModelHints;
import io.atelier.cli.models.Served;
import io.atelier.local.Starters;
import io.atelier.local.StateFolder;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.TrainingJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a recipe in a process of its own. */
@Command(
        name = "train",
        description = {
            "Trains a model and publishes it into the state's repository, where a running suite picks it up.",
            "While a suite with a trainer runs, or --target names one, the training becomes a job of it and goes on",
            "whatever happens to this command; jobs watches, cancels and resumes it.",
            "Otherwise, and with --out, --resume, --device or --threads, it runs here: Ctrl-C writes a checkpoint first,",
            "--resume goes on from the last one, also after kill -9.",
            "The suite's trainer reaches s3:// places by its own settings, a training here by the options named --s3."
        })
@SuppressWarnings("NullAway.Init") // picocli fills what is required
public final class TrainCommand implements Callable<Integer> {
    /** Data that was put through ArtifactService is named by its id, which is no path. */
    private static final String UPLOADED = "artifact:";

    @Parameters(
            paramLabel = "RECIPE",
            description =
                    "cnn-fashion, gan-fashion, gan-tiles, gan-emoji, image-folder, flow-tiles, flow-emoji or style.")
    private String recipe;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PLACE",
            description = "Folder or archive with the data, or s3://bucket/prefix of either.")
    private String data;

    @Mixin
    private final S3Options s3 = new S3Options();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = {
                "Overrides a setting; may be repeated.",
                "init=MODEL starts from a published model's weights."
            })
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--seed", description = "Seed of all randomness (default: the recipe's).")
    private @Nullable Long seed;

    @Option(names = "--resume", description = "Goes on with the run in --out.")
    private boolean resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run's folder: checkpoints, samples, metrics (default: runs/RECIPE in the checkout).")
    private @Nullable Path out;

    @Option(names = "--device", description = "cpu, cuda:N or auto (default).")
    private @Nullable String device;

    @Option(names = "--threads", description = "Threads (default: one per core).")
    private @Nullable Integer threads;

    @Option(names = "--watch", description = "Show the job's curve until it ends; Ctrl-C leaves it running.")
    private boolean watch;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Mixin
    private final BrokerOption broker = new BrokerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (target.reaches("trainer") && !here()) {
            return order();
        }
        broker.broker(state()); // what is wrong with it is said before hours of training
        Starters.open(Installation.starters(), state().models()); // --set init may name one
        Path run = out == null ? Installation.home().resolve("runs").resolve(recipe) : out;
        output.say("The run's folder is " + run.toAbsolutePath().normalize());
        ModelRepository models = new DirectoryModelRepository(state().models(), InstantSource.system());
        Served before = Served.now(models);
        int code = Program.run("learn", LearnOptions.JVM, arguments(run));
        tell(models, before.changed(Served.now(models)));
        return code;
    }

    /** Whether an option asks for a training in this command's own hands. */
    private boolean here() {
        return out != null || resume || threads != null || device != null;
    }

    private int order() {
        CreateTrainingJobRequest.Builder order = CreateTrainingJobRequest.newBuilder()
                .setRecipe(recipe)
                .setData(data.startsWith(UPLOADED) ? data : LearnOptions.place(data))
                .putAllSettings(settings);
        if (seed != null) {
            order.setSeed(seed);
        }
        try (TrainerClient client = new TrainerClient(target.channel("trainer"))) {
            TrainingJob job = client.create(order.build());
            if (watch) {
                output.say("Job " + job.getId());
                return Watch.follow(client, job.getId(), output);
            }
            if (output.isJson()) {
                output.document(Map.of("job", job.getId()));
            } else {
                output.result(job.getId());
                output.say("Watch it: ./atelier jobs watch " + job.getId());
            }
            return 0;
        }
    }

    private StateFolder state() {
        return target.state();
    }

    /** Asks for the broker only now: the suite may have been started while the training ran. */
    private void tell(ModelRepository models, List<ModelName> changed) {
        if (!changed.isEmpty()) {
            broker.broker(state())
                    .map(known -> new ModelHints(known, output::say))
                    .ifPresent(hints -> changed.forEach(name -> hints.tell(models, name)));
        }
    }

    List<String> arguments(Path run) {
        List<String> line = new ArrayList<>(List.of("train", recipe));
        line.addAll(List.of("--data", LearnOptions.place(data)));
        line.addAll(s3.arguments());
        line.addAll(List.of("--out", absolute(run)));
        line.addAll(List.of("--repository", state().models().toString()));
        line.addAll(List.of("--device", device == null ? "auto" : device));
        settings.forEach((name, value) -> line.addAll(List.of("--set", name + "=" + value)));
        if (seed != null) {
            line.addAll(List.of("--seed", seed.toString()));
        }
        if (threads != null) {
            line.addAll(List.of("--threads", threads.toString()));
        }
        if (resume) {
            line.add("--resume");
        }
        if (output.isJson()) {
            line.add("--json");
        }
        return line;
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
