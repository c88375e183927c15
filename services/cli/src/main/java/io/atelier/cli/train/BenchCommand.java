package io.atelier.cli.train;

import io.atelier.cli.Installation;
import io.atelier.cli.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a benchmark in a process of its own. */
@Command(name = "bench", description = "Measures the services side by side with what they stand on.")
@SuppressWarnings("NullAway.Init") // picocli fills what is required
public final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", defaultValue = "image", description = "What to measure: image (default).")
    private String name;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        List<String> line = new ArrayList<>(List.of(name));
        if (output.isJson()) {
            line.add("--json");
        }
        List<String> options =
                List.of("-Xmx1g", "-XX:+UseSerialGC", "-Datelier.app.image=" + Installation.jar("image"));
        return Program.run("bench", options, line);
    }
}
