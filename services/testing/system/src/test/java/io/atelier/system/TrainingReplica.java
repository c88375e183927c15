package io.atelier.system;

import static org.awaitility.Awaitility.await;

import io.atelier.kit.ChildJvm;
import io.atelier.local.JavaCommand;
import io.atelier.local.Ports;
import io.atelier.proto.trainer.v1.GetTrainingJobRequest;
import io.atelier.proto.trainer.v1.TrainerServiceGrpc;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.WatchTrainingJobRequest;
import io.atelier.proto.trainer.v1.WatchTrainingJobResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The trainer's jar as a process, with a device of its own, that can be killed, paused and started again. */
final class TrainingReplica implements AutoCloseable {
    /** For the short trainings that it starts. */
    private static final Map<String, String> TRAININGS = Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

    private static final Duration CALL = Duration.ofSeconds(10);

    private final String machine;
    private final Path log;
    private final List<String> settings;
    private final List<Integer> ports = Ports.free(2);
    private final ManagedChannel channel;
    private @Nullable ChildJvm service;

    /**
     * @param machine what its device is called after
     * @param settings what all replicas share
     */
    TrainingReplica(String machine, Path log, List<String> settings) {
        this.machine = machine;
        this.log = log;
        this.settings = List.copyOf(settings);
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", ports.get(1))
                .usePlaintext()
                .build();
    }

    /** Waits for the service where it is not there yet. */
    TrainerServiceGrpc.TrainerServiceBlockingStub grpc() {
        channel.resetConnectBackoff();
        return TrainerServiceGrpc.newBlockingStub(channel).withWaitForReady();
    }

    Channel channel() {
        return channel;
    }

    /** All that a job's stream tells, to its end. */
    List<WatchTrainingJobResponse> watch(String id) {
        List<WatchTrainingJobResponse> told = new ArrayList<>();
        grpc().withDeadlineAfter(TrainingSystem.PATIENCE)
                .watchTrainingJob(WatchTrainingJobRequest.newBuilder().setId(id).build())
                .forEachRemaining(told::add);
        return told;
    }

    boolean isRunning() {
        return service != null && service.isAlive();
    }

    void start() {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + ports.get(0),
                "-Dquarkus.grpc.server.host=127.0.0.1",
                "-Dquarkus.grpc.server.port=" + ports.get(1),
                "-Dquarkus.log.console.json.enabled=false",
                "-Datelier.trainer.machine=" + machine));
        options.addAll(settings);
        Path jar = Checkout.root().resolve("services/trainer/service/target/quarkus-app/quarkus-run.jar");
        JavaCommand command = new JavaCommand(jar, options, List.of(), TRAININGS);
        service = ChildJvm.start(command, log);
        awaitReady();
        channel.resetConnectBackoff();
    }

    void awaitReady() {
        running()
                .awaitHttp(URI.create("http://127.0.0.1:" + ports.get(0) + "/q/health/ready"), TrainingSystem.PATIENCE);
    }

    /** An orderly end. */
    void stop() {
        if (isRunning()) {
            running().terminate(TrainingSystem.PATIENCE);
        }
    }

    TrainingJob get(String id) {
        return grpc().withDeadlineAfter(CALL)
                .getTrainingJob(GetTrainingJobRequest.newBuilder().setId(id).build())
                .getJob();
    }

    TrainingJob awaitEnd(String id) {
        return awaitJob(id, job -> TrainingSystem.ENDS.contains(job.getState()));
    }

    /** Waits until a job is as wanted, or has ended; what cannot be asked meanwhile is asked again. */
    TrainingJob awaitJob(String id, Predicate<TrainingJob> fits) {
        return await().atMost(TrainingSystem.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .until(() -> get(id), job -> fits.test(job) || TrainingSystem.ENDS.contains(job.getState()));
    }

    /** The process that trains for it. */
    Optional<ProcessHandle> training() {
        return isRunning() ? handle().children().filter(TrainingReplica::trains).findFirst() : Optional.empty();
    }

    /** kill -9 of the service alone. */
    void kill() {
        running().kill();
    }

    /** Stops all its processes where they are, as a machine that hangs does. */
    List<ProcessHandle> pause() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(handle()), handle().descendants()).toList();
        all.forEach(process -> signal("-STOP", process));
        return all;
    }

    void goOn(List<ProcessHandle> paused) {
        paused.forEach(process -> signal("-CONT", process));
    }

    private ChildJvm running() {
        if (service == null) {
            throw new IllegalStateException("not started");
        }
        return service;
    }

    private ProcessHandle handle() {
        return ProcessHandle.of(running().pid()).orElseThrow();
    }

    private static boolean trains(ProcessHandle process) {
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch("train"::equals);
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            kill.waitFor(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        if (service != null) {
            service.close();
        }
    }
}
