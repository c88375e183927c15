package io.atelier.system;

import io.atelier.cli.Main;
import io.atelier.kit.ChildJvm;
import io.atelier.kit.EventProbe;
import io.atelier.local.EmbeddedBroker;
import io.atelier.local.JavaCommand;
import io.atelier.local.Ports;
import io.atelier.local.Topics;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.ImageServiceGrpc;
import io.atelier.proto.models.v1.GetModelRequest;
import io.atelier.proto.models.v1.ModelServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker, a state folder and the image service's jar as a process that can be killed and started again. */
final class ImageSystem implements AutoCloseable {
    static final String REQUESTS = "atelier.image.requests";
    static final String RESULTS = "atelier.image.results";
    static final String PROGRESS = "atelier.image.progress";
    static final String DEAD_LETTER = "atelier.image.dead-letter";
    static final String CANCELLATIONS = "atelier.cancellations";
    static final String MODELS = "atelier.models";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final List<Integer> ports = Ports.free(2);
    private final DirectoryModelRepository repository;
    private EmbeddedBroker broker;
    private final EventProbe events;
    private final ManagedChannel channel;
    private @Nullable ChildJvm service;

    private ImageSystem(Path folder) {
        this.folder = folder;
        repository = new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
        broker = EmbeddedBroker.start(folder.resolve("kafka"));
        Topics.create(broker.bootstrapServers(), Topics.of(Topics.KINDS));
        events = EventProbe.on(
                broker.bootstrapServers(), REQUESTS, CANCELLATIONS, MODELS, RESULTS, PROGRESS, DEAD_LETTER);
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", ports.get(1))
                .usePlaintext()
                .build();
    }

    /** Starts the broker; models can be published before {@link #startService}. */
    static ImageSystem in(Path folder) {
        return new ImageSystem(folder);
    }

    /** Runs a command of the CLI on this system's state and broker. */
    int command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state", folder.toString(), "--kafka", broker.bootstrapServers()));
        return Main.commandLine().execute(all.toArray(String[]::new));
    }

    DirectoryModelRepository repository() {
        return repository;
    }

    EventProbe events() {
        return events;
    }

    ImageServiceGrpc.ImageServiceBlockingStub grpc() {
        return ImageServiceGrpc.newBlockingStub(channel);
    }

    /** The result of a call, which waits for the service. */
    GenerateImageResult generate(GenerateImageRequest request) {
        Iterator<GenerateImageResponse> stream = grpc().withDeadlineAfter(Duration.ofSeconds(60))
                .withWaitForReady()
                .generateImage(request);
        GenerateImageResponse last = stream.next();
        while (stream.hasNext()) {
            last = stream.next();
        }
        return last.getResult();
    }

    /** Waits until this version of a model serves. */
    void awaitVersion(String model, long version) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .until(() -> generate(GenerateImageRequest.newBuilder()
                                        .setModel(model)
                                        .build())
                                .getModel()
                                .getVersion()
                        == version);
    }

    /** Why a model's newest version is not served; empty when it is. */
    String modelProblem(String name) {
        return ModelServiceGrpc.newBlockingStub(channel)
                .getModel(GetModelRequest.newBuilder().setName(name).build())
                .getModel()
                .getProblem();
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + ports.get(0) + path);
    }

    ChildJvm service() {
        if (service == null) {
            throw new IllegalStateException("not started");
        }
        return service;
    }

    void startService() {
        Path jar = Checkout.root().resolve("services/image/target/quarkus-app/quarkus-run.jar");
        JavaCommand command = JavaCommand.of(
                jar,
                List.of(
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + ports.get(0),
                        "-Dquarkus.grpc.server.host=127.0.0.1",
                        "-Dquarkus.grpc.server.port=" + ports.get(1),
                        "-Dquarkus.log.console.json.enabled=false",
                        "-Dkafka.bootstrap.servers=" + broker.bootstrapServers(),
                        "-Datelier.models.repository=" + folder.resolve("models"),
                        "-Datelier.models.poll-interval=200ms",
                        "-Datelier.artifacts.directory=" + folder.resolve("artifacts"),
                        "-Datelier.artifacts.base-url=http://127.0.0.1:" + ports.get(0)));
        service = ChildJvm.start(command, folder.resolve("image.log"));
        service.awaitHttp(http("/q/health/ready"), PATIENCE);
        channel.resetConnectBackoff();
    }

    /** Stops the broker and starts it on the same folder and ports. */
    void restartBroker() {
        int port = broker.port();
        int controller = broker.controllerPort();
        broker.close();
        broker = EmbeddedBroker.start(folder.resolve("kafka"), port, controller);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        if (service != null) {
            service.close();
        }
        events.close();
        broker.close();
    }
}
