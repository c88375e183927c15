package io.atelier.bench.startup;

import io.atelier.bench.Figure;
import io.atelier.kernel.TemporaryFolder;
import io.atelier.local.LocalSuite;
import io.atelier.local.ServiceSpec;
import io.atelier.local.StateFolder;
import io.atelier.local.StopSignal;
import io.atelier.local.SuiteOptions;
import io.atelier.local.SuitePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Starts the local suite with the starter models several times, each on a state of its own, and looks at it. */
public final class StartupBench {
    private static final String COMMAND = "./atelier bench startup";
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Options options;
    private final Consumer<String> console;

    /**
     * What to start.
     *
     * @param jars each service's jar by its name, and those of database and learn
     * @param starters the folder of the starter models
     * @param runs how often; the median counts
     */
    public record Options(Function<String, Path> jars, Path starters, int runs) {}

    /** One start: seconds until the suite and the slowest service were ready, and the idle suite's megabytes. */
    private record Start(double suite, double service, double megabytes) {}

    public StartupBench(Options options, Consumer<String> console) {
        this.options = options;
        this.console = console;
    }

    public List<Figure> run() throws IOException, InterruptedException {
        try (StopSignal stop = new StopSignal()) {
            console.accept("Starting once without measuring, so that what a start keeps for later ones is there");
            start(true, Duration.ZERO);
            List<Start> starts = new ArrayList<>();
            for (int i = 1; i <= options.runs(); i++) {
                // memory takes a minute to settle, and one look is enough
                Start start = start(false, i == options.runs() ? IDLE : Duration.ZERO);
                starts.add(start);
                console.accept("Start %d of %d: suite %.2f s, slowest service %.2f s"
                        .formatted(i, options.runs(), start.suite(), start.service()));
            }
            return List.of(
                    figure("suite_ready_s", "<= 20", median(starts, Start::suite)),
                    figure("service_ready_s", "<= 3", median(starts, Start::service)),
                    new Figure("suite_idle_rss_mb", starts.getLast().megabytes(), "MB", COMMAND, "<= 2048"));
        }
    }

    private Start start(boolean recorded, Duration idle) throws IOException, InterruptedException {
        try (TemporaryFolder scratch = TemporaryFolder.create("atelier-bench-")) {
            SuiteOptions suiteOptions = new SuiteOptions(
                    new StateFolder(scratch.path().resolve("state")),
                    ServiceSpec.ALL,
                    SuitePorts.free(ServiceSpec.ALL),
                    options.starters(),
                    options.jars(),
                    List.of(),
                    List.of(),
                    recorded,
                    line -> {},
                    line -> {});
            long begun = System.nanoTime();
            try (LocalSuite suite = LocalSuite.start(suiteOptions)) {
                double ready = (System.nanoTime() - begun) / 1e9;
                double service = suite.readyAfter().values().stream()
                        .mapToDouble(after -> after.toNanos() / 1e9)
                        .max()
                        .orElse(0);
                TimeUnit.NANOSECONDS.sleep(idle.toNanos());
                return new Start(ready, service, Memory.ofThisAndItsChildren() / 1048576.0);
            }
        }
    }

    private static Figure figure(String name, String budget, double seconds) {
        return new Figure(name, seconds, "s", COMMAND, budget);
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> value) {
        double[] sorted = starts.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
