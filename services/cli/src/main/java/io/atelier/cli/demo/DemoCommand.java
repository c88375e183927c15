package io.atelier.cli.demo;

import io.atelier.cli.Installation;
import io.atelier.cli.Output;
import io.atelier.kernel.TemporaryFolder;
import io.atelier.local.LocalSuite;
import io.atelier.local.ServiceSpec;
import io.atelier.local.StateFolder;
import io.atelier.local.StopSignal;
import io.atelier.local.SuiteOptions;
import io.atelier.local.SuitePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole suite for a moment and keeps what it made. */
@Command(
        name = "demo",
        description = {
            "Starts the suite with the starter models, makes pictures over gRPC and by a Kafka event,",
            "writes them with an index.html and a manifest.json, and stops the suite."
        })
public final class DemoCommand implements Callable<Integer> {
    /** The optimising compiler would cost a short life more than it gives. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1");

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "out", description = "Where to write (default: out).")
    private Path out = Path.of("out");

    @Option(names = "--seed", defaultValue = "7", description = "Seed of the pictures (default: 7).")
    private long seed;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Repository with the models to use (default: the starters, deploy/models).")
    private Path models = Installation.starters();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (StopSignal stop = new StopSignal();
                TemporaryFolder state = TemporaryFolder.create("atelier-demo-")) {
            SuiteOptions options = new SuiteOptions(
                    new StateFolder(state.path()),
                    ServiceSpec.GENERATION,
                    SuitePorts.free(ServiceSpec.GENERATION),
                    models,
                    Installation::jar,
                    List.of(),
                    SHORT_LIVED,
                    true,
                    output::say,
                    line -> {});
            Gallery gallery;
            try (LocalSuite suite = LocalSuite.start(options)) {
                output.say("Ready after %.1f s".formatted((System.nanoTime() - begun) / 1e9));
                gallery = new DemoRun(suite, out, seed, output::say).execute();
            }
            print(gallery, (System.nanoTime() - begun) / 1e9);
            return stop.received() ? 1 : 0;
        }
    }

    private void print(Gallery gallery, double seconds) {
        if (output.isJson()) {
            output.document(Map.of("works", gallery.works()));
            return;
        }
        gallery.works().forEach(work -> output.result(out.resolve(work.path()).toString()));
        gallery.sheets().forEach(sheet -> output.result(out.resolve(sheet).toString()));
        output.result(out.resolve("manifest.json").toString());
        output.result(out.resolve("index.html").toString());
        output.say("Made %d works in %.1f s; the suite has stopped. Open %s"
                .formatted(
                        gallery.works().size(),
                        seconds,
                        out.resolve("index.html").toAbsolutePath().normalize().toUri()));
    }
}
