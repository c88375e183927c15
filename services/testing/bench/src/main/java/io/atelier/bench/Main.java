package io.atelier.bench;

import io.atelier.bench.image.ImageBench;
import io.atelier.bench.image.ImageBenchOptions;
import io.atelier.bench.startup.StartupBench;
import io.atelier.local.LocalException;
import io.atelier.local.QuietLogs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Entry of the benchmark process. */
@Command(name = "bench", description = "Measures the services side by side with what they stand on.")
@SuppressWarnings("NullAway.Init") // picocli fills what is required
public final class Main implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What to measure: image or startup.")
    private String name;

    @Option(names = "--calls", defaultValue = "500", description = "Calls of one client in a run (default: 500).")
    private int calls;

    @Option(names = "--runs", defaultValue = "5", description = "Runs; the median counts (default: 5).")
    private int runs;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    public static void main(String[] args) {
        QuietLogs.apply();
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::tell)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream progress = json ? System.err : System.out;
        List<Figure> figures = switch (name) {
            case "image" -> new ImageBench(new ImageBenchOptions(jar("image"), calls, runs), progress::println).run();
            case "startup" ->
                new StartupBench(
                                new StartupBench.Options(
                                        Main::jar, Path.of(System.getProperty("atelier.starters", "")), runs),
                                progress::println)
                        .run();
            default -> List.of();
        };
        if (figures.isEmpty()) {
            System.err.println("There is no benchmark " + name + "; there are image and startup.");
            return 2;
        }
        if (json) {
            System.out.println(Figures.json(figures));
        } else {
            figures.forEach(figure -> System.out.println(figure.line()));
        }
        return 0;
    }

    private static Path jar(String program) {
        return Path.of(System.getProperty("atelier.app." + program, ""));
    }

    private static int tell(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof LocalException refused) {
            command.getErr().println(refused.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return 1;
    }
}
