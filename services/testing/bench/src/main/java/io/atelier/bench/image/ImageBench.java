package io.atelier.bench.image;

import io.atelier.bench.ClosedLoop;
import io.atelier.bench.Figure;
import io.atelier.bench.Sample;
import io.atelier.kernel.TemporaryFolder;
import io.atelier.local.LocalSuite;
import io.atelier.local.ServiceSpec;
import io.atelier.local.StateFolder;
import io.atelier.local.StopSignal;
import io.atelier.local.SuiteOptions;
import io.atelier.local.SuitePorts;
import io.atelier.models.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Measures what the image service adds to ONNX Runtime, small pictures and painted photographs, and what Kafka adds to gRPC. */
public final class ImageBench {
    private static final String COMMAND = "./atelier bench image";
    private static final int CROWD = 4;
    /** Until the optimising compiler is done with the calls' code, which takes a core from the runs that are timed. */
    private static final int WARM_UP = 3000;

    private static final int BRIEF_WARM_UP = 60;
    /** Calls of a loop at a stretch; a second or so. */
    private static final int BLOCK = 50;
    /** Between blocks: the threads of the one before spin on for a moment, and would take a core from the next. */
    private static final int REST_MILLIS = 200;

    private final ImageBenchOptions options;
    private final Consumer<String> console;
    private final int threads = Runtime.getRuntime().availableProcessors();

    public ImageBench(ImageBenchOptions options, Consumer<String> console) {
        this.options = options;
        this.console = console;
    }

    /** Starts a suite of its own on free ports, measures, and stops it. */
    public List<Figure> run() throws IOException, InterruptedException {
        try (StopSignal stop = new StopSignal();
                TemporaryFolder scratch = TemporaryFolder.create("atelier-bench-")) {
            Path folder = scratch.path();
            StateFolder state = new StateFolder(folder.resolve("state"));
            ModelPackage model = BenchModel.publish(folder, state.models(), threads);
            ModelPackage style = StyleModel.publish(folder, state.models());
            SuiteOptions suiteOptions = new SuiteOptions(
                    state,
                    ServiceSpec.GENERATION,
                    SuitePorts.free(ServiceSpec.GENERATION),
                    folder.resolve("no-starters"),
                    name -> options.service(),
                    List.of(),
                    List.of(),
                    false,
                    console,
                    line -> {});
            try (LocalSuite suite = LocalSuite.start(suiteOptions);
                    RawCalls raw = new RawCalls(model, folder.resolve("raw-store"), threads);
                    GrpcCalls grpc =
                            GrpcCalls.generating(suite.ports().of("image").grpc());
                    KafkaCalls kafka = new KafkaCalls(suite.bootstrapServers())) {
                List<Figure> figures = new ArrayList<>(figures(rounds(raw, grpc, kafka)));
                StyleBench bench = new StyleBench(COMMAND, options.runs(), threads, console);
                figures.addAll(bench.run(style, suite.ports().of("image").grpc(), folder));
                return List.copyOf(figures);
            }
        }
    }

    private List<Round> rounds(RawCalls raw, GrpcCalls grpc, KafkaCalls kafka) throws InterruptedException {
        console.accept("Warming up, about two minutes");
        ClosedLoop.run(1, BRIEF_WARM_UP, raw);
        ClosedLoop.run(CROWD, WARM_UP, grpc);
        ClosedLoop.run(1, BRIEF_WARM_UP, grpc);
        ClosedLoop.run(CROWD, WARM_UP / 3, kafka);
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= options.runs(); i++) {
            Round round = round(raw, grpc, kafka);
            rounds.add(round);
            console.accept("Run %d of %d: raw %.1f ms, gRPC %.1f ms, Kafka %.1f ms (medians), throughput ratio %.3f"
                    .formatted(
                            i,
                            options.runs(),
                            round.raw().percentile(0.5),
                            round.grpc().percentile(0.5),
                            round.kafka().percentile(0.5),
                            round.throughputRatio()));
        }
        return rounds;
    }

    /** The loops take turns in short blocks, so that whatever else the machine does for a while strikes all of them. */
    private Round round(RawCalls raw, GrpcCalls grpc, KafkaCalls kafka) throws InterruptedException {
        List<Sample> alone = new ArrayList<>();
        List<Sample> writes = new ArrayList<>();
        List<Sample> grpcAlone = new ArrayList<>();
        List<Sample> kafkaAlone = new ArrayList<>();
        List<Sample> crowd = new ArrayList<>();
        List<Sample> grpcCrowd = new ArrayList<>();
        for (int left = options.calls(); left > 0; left -= BLOCK) {
            int calls = Math.min(left, BLOCK);
            raw.takeWrites();
            alone.add(block(1, calls, raw));
            writes.add(Sample.of(raw.takeWrites(), alone.getLast().seconds()));
            grpcAlone.add(block(1, calls, grpc));
            kafkaAlone.add(block(1, calls, kafka));
            crowd.add(block(CROWD, calls, raw));
            grpcCrowd.add(block(CROWD, calls, grpc));
        }
        return new Round(
                Sample.together(alone),
                Sample.together(writes),
                Sample.together(grpcAlone),
                Sample.together(kafkaAlone),
                Sample.together(crowd),
                Sample.together(grpcCrowd));
    }

    private static Sample block(int clients, int calls, ClosedLoop.Call call) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        return ClosedLoop.run(clients, calls, call);
    }

    private static List<Figure> figures(List<Round> rounds) {
        return List.of(
                figure("grpc_vs_raw_throughput", "ratio", ">= 0.95", rounds, Round::throughputRatio),
                figure("grpc_added_p50_ms", "ms", "<= 1", rounds, round -> round.grpcAdded(0.5)),
                figure("grpc_added_p99_ms", "ms", "<= 5", rounds, round -> round.grpcAdded(0.99)),
                figure("kafka_added_p50_ms", "ms", "<= 10", rounds, round -> round.kafkaAdded(0.5)),
                figure("kafka_added_p99_ms", "ms", "<= 50", rounds, round -> round.kafkaAdded(0.99)),
                figure(
                        "outcome_write_p50_ms",
                        "ms",
                        "",
                        rounds,
                        round -> round.writes().percentile(0.5)),
                figure(
                        "outcome_write_p99_ms",
                        "ms",
                        "",
                        rounds,
                        round -> round.writes().percentile(0.99)),
                figure("raw_p50_ms", "ms", "", rounds, round -> round.raw().percentile(0.5)),
                figure("grpc_p50_ms", "ms", "", rounds, round -> round.grpc().percentile(0.5)),
                figure("kafka_p50_ms", "ms", "", rounds, round -> round.kafka().percentile(0.5)),
                figure(
                        "raw_1_client_per_s",
                        "1/s",
                        "",
                        rounds,
                        round -> round.raw().callsPerSecond()),
                figure(
                        "grpc_1_client_per_s",
                        "1/s",
                        "",
                        rounds,
                        round -> round.grpc().callsPerSecond()),
                figure(
                        "raw_4_clients_per_s",
                        "1/s",
                        "",
                        rounds,
                        round -> round.rawCrowd().callsPerSecond()),
                figure(
                        "grpc_4_clients_per_s",
                        "1/s",
                        "",
                        rounds,
                        round -> round.grpcCrowd().callsPerSecond()));
    }

    /** The median over the runs. */
    private static Figure figure(
            String name, String unit, String budget, List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return new Figure(name, sorted[sorted.length / 2], unit, COMMAND, budget);
    }
}
