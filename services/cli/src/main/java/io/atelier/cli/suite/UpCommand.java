package io.atelier.cli.suite;

import io.atelier.cli.CommandException;
import io.atelier.cli.Installation;
import io.atelier.cli.Output;
import io.atelier.cli.StateOption;
import io.atelier.local.LocalSuite;
import io.atelier.local.ServiceSpec;
import io.atelier.local.StopSignal;
import io.atelier.local.SuiteOptions;
import io.atelier.local.SuitePorts;
import io.atelier.s3.S3Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the suite in the foreground. */
@Command(name = "up", description = "Runs the broker and the services on this machine until Ctrl-C.")
public final class UpCommand implements Callable<Integer> {
    private static final int MAX_OFFSET = 50_000;

    @Mixin
    private final StateOption state = new StateOption();

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these services.")
    private List<String> only = ServiceSpec.names();

    @Option(names = "--port-offset", paramLabel = "N", defaultValue = "0", description = "Moves all ports by N.")
    private int offset;

    @Option(
            names = "--data-root",
            paramLabel = "PLACE",
            description = {
                "A folder or s3://bucket/prefix below which trainings may name their data; may be repeated",
                "(default: your home and the folder that holds the checkout)."
            })
    private List<String> dataRoots = List.of();

    @Mixin
    private final ElsewhereOptions elsewhere = new ElsewhereOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw CommandException.usage("--port-offset is " + offset + "; it must be 0 to " + MAX_OFFSET + ".");
        }
        List<ServiceSpec> services = ServiceSpec.named(only);
        SuiteOptions options = new SuiteOptions(
                state.folder(),
                elsewhere.chosen(),
                services,
                SuitePorts.usual(services, offset),
                Installation.starters(),
                Installation::jar,
                dataRoots.isEmpty() ? usualRoots() : absolute(dataRoots),
                List.of(),
                false,
                output::say,
                output::say);
        long begun = System.nanoTime();
        try (StopSignal stop = new StopSignal();
                LocalSuite suite = LocalSuite.start(options)) {
            ready(suite, (System.nanoTime() - begun) / 1e9);
            throw CommandException.failed(reason(suite, stop));
        }
    }

    private static List<String> usualRoots() {
        Path checkout = Installation.home().toAbsolutePath().normalize();
        Path around = checkout.getParent() == null ? checkout : checkout.getParent();
        return List.of(System.getProperty("user.home"), around.toString());
    }

    private static List<String> absolute(List<String> roots) {
        return roots.stream()
                .map(root -> S3Location.isMeant(root)
                        ? root
                        : Path.of(root).toAbsolutePath().normalize().toString())
                .toList();
    }

    private void ready(LocalSuite suite, double seconds) {
        SuitePorts ports = suite.ports();
        output.say("Ready after %.1f s. Ctrl-C stops it all.".formatted(seconds));
        ports.services().forEach((name, service) -> {
            output.say("  %-6s gRPC  127.0.0.1:%d".formatted(name, service.grpc()));
            output.say(
                    "         HTTP  http://127.0.0.1:%d   health /q/health, metrics /q/metrics, works /artifacts/{id}"
                            .formatted(service.http()));
        });
        suite.database().ifPresent(address -> output.say("  PostgreSQL  " + address));
        output.say("  Kafka  " + suite.bootstrapServers());
        output.say("  State  " + state.folder().path());
        if (output.isJson()) {
            output.document(Map.of("ready_seconds", seconds, "ports", ports));
        }
    }

    private String reason(LocalSuite suite, StopSignal stop) throws InterruptedException, ExecutionException {
        try {
            return suite.failure().get();
        } catch (InterruptedException e) {
            if (stop.received()) {
                output.say("Stopping.");
            }
            throw e;
        }
    }
}
