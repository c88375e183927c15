package io.atelier.cli.train;

import io.atelier.cli.Installation;
import io.atelier.cli.Output;
import io.atelier.cli.StateOption;
import io.atelier.local.Starters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates a published model in a process of its own. */
@Command(name = "eval", description = "Evaluates a published model's graphs on data it was not trained on.")
@SuppressWarnings("NullAway.Init") // picocli fills what is required
public final class EvalCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "NAME, for the promoted version, or NAME@VERSION.")
    private String model;

    @Option(names = "--data", required = true, paramLabel = "PATH", description = "Folder or archive with the data.")
    private Path data;

    @Mixin
    private final StateOption state = new StateOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path models = state.folder().models();
        Starters.open(Installation.starters(), models);
        List<String> line = new ArrayList<>(List.of("eval", model));
        line.addAll(List.of("--data", data.toAbsolutePath().normalize().toString()));
        line.addAll(List.of("--repository", models.toString()));
        if (output.isJson()) {
            line.add("--json");
        }
        return Program.run("learn", LearnOptions.JVM, line);
    }
}
