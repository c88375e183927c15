package io.atelier.cli.train;

import io.atelier.cli.CommandException;
import io.atelier.cli.Installation;
import io.atelier.cli.Output;
import io.atelier.local.JavaCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a benchmark in a process of its own. */
@Command(name = "bench", description = "Measures the services side by side with what they stand on.")
@SuppressWarnings("NullAway.Init") // picocli fills what is required
public final class BenchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            defaultValue = "image",
            description = "What to measure: image (default) or startup.")
    private String name;

    @Option(names = "--calls", defaultValue = "500", description = "Calls of one client in a run (default: 500).")
    private int calls;

    @Option(names = "--runs", defaultValue = "5", description = "Runs; the median counts (default: 5).")
    private int runs;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (calls < 1 || runs < 1) {
            throw CommandException.usage(
                    "--calls is " + calls + " and --runs is " + runs + "; both must be 1 or more.");
        }
        List<String> line = new ArrayList<>(List.of(name, "--calls", "" + calls, "--runs", "" + runs));
        if (output.isJson()) {
            line.add("--json");
        }
        List<String> options = new ArrayList<>(List.of(
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Datelier.starters=" + Installation.starters(),
                "-D" + JavaCommand.LEASH + "=" + JavaCommand.leash()));
        programs().forEach(program -> options.add("-Datelier.app." + program + "=" + Installation.jar(program)));
        return Program.run("bench", options, line);
    }

    /** What it measures; only a start of everything takes the trainer with its libtorch and its database. */
    private List<String> programs() {
        return name.equals("startup") ? List.of("image", "trainer", "database", "learn") : List.of("image");
    }
}
