package io.atelier.cli.train;

import io.atelier.cli.Output;
import io.atelier.cli.models.RepositoryOption;
import java.io.IOException;
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

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PLACE",
            description = "Folder or archive with the data, or s3://bucket/prefix of either.")
    private String data;

    @Mixin
    private final RepositoryOption repository = new RepositoryOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        return Program.run("learn", LearnOptions.JVM, arguments());
    }

    List<String> arguments() {
        List<String> line = new ArrayList<>(List.of("eval", model));
        line.addAll(List.of("--data", LearnOptions.place(data)));
        line.addAll(repository.arguments());
        if (output.isJson()) {
            line.add("--json");
        }
        return line;
    }
}
