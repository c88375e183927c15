package io.atelier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.s3.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSuiteTest {
    @TempDir
    Path folder;

    private final BlockingQueue<String> console = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> logs = new LinkedBlockingQueue<>();
    private Path jar = Path.of("");

    @BeforeEach
    void packService() throws IOException {
        jar = FakeJar.pack(FakeService.class, folder.resolve("service.jar"));
    }

    @Test
    void startedSuiteTellsWhereItListensAndStopsWithNothingLeft() throws Exception {
        StateFolder state = new StateFolder(folder.resolve("state"));
        long child;
        try (LocalSuite suite = LocalSuite.start(options(SuitePorts.free(ServiceSpec.GENERATION)))) {
            child = nextChild();
            assertThat(RunningSuite.find(state))
                    .hasValueSatisfying(found -> assertThat(found.ports()).isEqualTo(suite.ports()));
            assertThat(ProcessHandle.of(child)).isPresent();
            assertThat(suite.failure()).isNotDone();
        }

        assertThat(ProcessHandle.of(child)).isEmpty();
        assertThat(RunningSuite.find(state)).isEmpty();
        assertThat(Files.readString(state.logs().resolve("image.log")))
                .contains("models in " + state.models())
                .contains("drained");
    }

    @Test
    void secondSuiteOnTheSameStateIsRefusedByName() {
        try (LocalSuite suite = LocalSuite.start(options(SuitePorts.free(ServiceSpec.GENERATION)))) {
            assertThatThrownBy(() -> LocalSuite.start(options(SuitePorts.free(ServiceSpec.GENERATION))))
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining("Another suite holds the state folder " + folder.resolve("state"))
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(suite.failure()).isNotDone();
        }
    }

    @Test
    void takenPortIsReportedWithWhoseItWouldBe() throws IOException {
        SuitePorts ports = SuitePorts.free(ServiceSpec.GENERATION);
        try (ServerSocket taken = new ServerSocket(ports.of("image").grpc(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalSuite.start(options(ports)))
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining(taken.getLocalPort() + " (image gRPC)")
                    .hasMessageContaining("--port-offset");
        }
    }

    @Test
    void serviceThatDiesIsRestartedThreeTimesAndThenEndsTheSuite() throws Exception {
        SuitePorts ports = SuitePorts.free(ServiceSpec.GENERATION);
        try (LocalSuite suite = LocalSuite.start(options(ports))) {
            for (int deaths = 0; deaths <= RestartPolicy.RESTARTS; deaths++) {
                nextChild();
                kill(ports.of("image").http());
            }

            String reason = suite.failure().get(30, TimeUnit.SECONDS);

            assertThat(reason).contains("The image service ended with code 3").contains("process ");
            assertThat(console.stream().filter(line -> line.endsWith("Restarting image.")))
                    .hasSize(RestartPolicy.RESTARTS);
        }
    }

    @Test
    void storesAndBrokerByTheirAddressesAreUsedInThePlaceOfTheSuitesOwn() throws Exception {
        StateFolder state = new StateFolder(folder.resolve("state"));
        Path models = Files.createDirectories(folder.resolve("models-elsewhere"));
        Path artifacts = Files.createDirectories(folder.resolve("artifacts-elsewhere"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker-elsewhere"))) {
            Elsewhere elsewhere =
                    elsewhere(models.toString(), artifacts.toString(), Optional.of(broker.bootstrapServers()));
            try (LocalSuite suite = LocalSuite.start(options(SuitePorts.free(ServiceSpec.GENERATION), elsewhere))) {
                assertThat(suite.bootstrapServers()).isEqualTo(broker.bootstrapServers());
                assertThat(RunningSuite.find(state).orElseThrow().kafka()).isEqualTo(broker.bootstrapServers());
                assertThat(state.broker()).doesNotExist();
                assertThat(console).noneMatch(line -> line.contains("Starting Kafka"));
            }
            assertThat(Files.readString(state.logs().resolve("image.log"))).contains("models in " + models);
        }
    }

    @Test
    void addressesWhereNothingAnswersAreRefusedByName() {
        int closed = Ports.free(1).getFirst();
        assertRefused(
                elsewhere("s3://bucket/models", folder.toString(), Optional.empty()),
                "s3://bucket/models/ on http://127.0.0.1:1 cannot be reached");
        assertRefused(
                elsewhere("s3:bucket", folder.toString(), Optional.empty()),
                "s3:bucket is no address of the form s3://");
        assertRefused(
                elsewhere(folder.resolve("none").toString(), folder.toString(), Optional.empty()),
                "There is no folder");
        assertRefused(
                elsewhere(folder.toString(), folder.toString(), Optional.of("127.0.0.1:" + closed)),
                "No Kafka broker answers at 127.0.0.1:" + closed);
    }

    @Test
    void databaseThatDoesNotAnswerOrIsNoneIsRefusedByName() {
        int closed = Ports.free(1).getFirst();
        for (String address : List.of("jdbc:postgresql://127.0.0.1:" + closed + "/studio", "jdbc:h2:mem", "nonsense")) {
            Elsewhere elsewhere = new Elsewhere(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(address),
                    Optional.empty(),
                    Elsewhere.nothing().s3());
            assertThatThrownBy(elsewhere::requireDatabase)
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining(address.contains("" + closed) ? "127.0.0.1:" + closed : address);
        }
    }

    @Test
    void whatStandsBehindADatabasesNameIsShownToNobody() {
        assertThat(Elsewhere.shown("jdbc:postgresql://db:5432/atelier?user=me&password=secret"))
                .isEqualTo("jdbc:postgresql://db:5432/atelier");
        assertThat(Elsewhere.shown("jdbc:postgresql://me:secret@db/atelier")).isEqualTo("jdbc:postgresql://db/atelier");
    }

    private void assertRefused(Elsewhere elsewhere, String words) {
        assertThatThrownBy(() -> LocalSuite.start(options(SuitePorts.free(ServiceSpec.GENERATION), elsewhere)))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining(words);
    }

    private Elsewhere elsewhere(String models, String artifacts, Optional<String> kafka) {
        try {
            Path credentials = Files.writeString(
                    folder.resolve("credentials"), "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
            return new Elsewhere(
                    Optional.of(models),
                    Optional.of(artifacts),
                    kafka,
                    Optional.empty(),
                    Optional.empty(),
                    new S3Settings(
                            Optional.of(URI.create("http://127.0.0.1:1")), // nobody listens on port 1
                            S3Settings.DEFAULT_REGION,
                            true,
                            Optional.of(credentials)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SuiteOptions options(SuitePorts ports) {
        return options(ports, Elsewhere.nothing());
    }

    private SuiteOptions options(SuitePorts ports, Elsewhere elsewhere) {
        return new SuiteOptions(
                new StateFolder(folder.resolve("state")),
                elsewhere,
                ServiceSpec.GENERATION,
                ports,
                folder.resolve("no-starters"),
                name -> jar,
                List.of(),
                List.of("-Xmx64m"),
                false,
                console::add,
                logs::add);
    }

    /** Waits for the next start of the service and answers its process id. */
    private long nextChild() throws InterruptedException {
        String start = "image | process ";
        String line = "";
        while (!line.startsWith(start)) {
            line = String.valueOf(logs.poll(30, TimeUnit.SECONDS));
        }
        return Long.parseLong(line.substring(start.length()));
    }

    private static void kill(int port) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest die = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/die"))
                    .build();
            client.send(die, HttpResponse.BodyHandlers.discarding());
            throw new AssertionError("It answered instead of dying");
        } catch (IOException e) {
            assertThat(e).isNotNull(); // the dead do not answer
        }
    }
}
