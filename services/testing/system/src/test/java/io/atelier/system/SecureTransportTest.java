package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.atelier.kit.ChildJvm;
import io.atelier.kit.tls.Authority;
import io.atelier.kit.tls.TlsClient;
import io.atelier.local.JavaCommand;
import io.atelier.local.Ports;
import io.atelier.proto.models.v1.ListModelsRequest;
import io.atelier.proto.models.v1.ModelServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both servers speak TLS alone, to clients with a certificate, and take a renewed certificate without a restart. */
class SecureTransportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Integer> PORTS = Ports.free(3);
    private static final int PLAIN = PORTS.get(0);
    private static final int HTTPS = PORTS.get(1);
    private static final int GRPC = PORTS.get(2);

    @TempDir
    static Path folder;

    private static final Authority AUTHORITY = new Authority("Test authority");
    private static ChildJvm service;

    @BeforeAll
    static void start() {
        AUTHORITY.write(folder.resolve("ca.pem"));
        AUTHORITY.certify("server-1", folder.resolve("server.pem"), folder.resolve("server.key"));
        AUTHORITY.certify("client", folder.resolve("client.pem"), folder.resolve("client.key"));
        List<String> settings = List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + PLAIN,
                "-Dquarkus.http.ssl-port=" + HTTPS,
                "-Dquarkus.http.insecure-requests=disabled",
                "-Dquarkus.grpc.server.host=127.0.0.1",
                "-Dquarkus.grpc.server.port=" + GRPC,
                "-Dquarkus.log.console.json.enabled=false",
                "-Dquarkus.tls.key-store.pem.0.cert=" + folder.resolve("server.pem"),
                "-Dquarkus.tls.key-store.pem.0.key=" + folder.resolve("server.key"),
                "-Dquarkus.tls.trust-store.pem.certs=" + folder.resolve("ca.pem"),
                "-Dquarkus.tls.reload-period=1s",
                "-Datelier.security.client-certificates=required",
                "-Dkafka.bootstrap.servers=127.0.0.1:1",
                "-Datelier.models.repository=" + folder.resolve("models"),
                "-Datelier.artifacts.directory=" + folder.resolve("artifacts"));
        Path jar = Checkout.root().resolve("services/image/target/quarkus-app/quarkus-run.jar");
        service = ChildJvm.start(JavaCommand.of(jar, settings), folder.resolve("image.log"));
        service.awaitLog("Listening on", PATIENCE);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void clientWithACertificateIsServed() throws Exception {
        assertThat(grpc(client())).isEqualTo(Status.Code.OK);
        assertThat(https(client())).isIn(200, 503);
    }

    @Test
    void clientWithoutOneOrWithAStrangersIsNotServed() {
        TlsClient none = TlsClient.of(folder.resolve("ca.pem"));
        assertThat(grpc(none)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThatThrownBy(() -> https(none)).isInstanceOf(IOException.class);
        new Authority("Stranger").certify("client", folder.resolve("c.pem"), folder.resolve("c.key"));
        TlsClient stranger = TlsClient.of(folder.resolve("ca.pem"), folder.resolve("c.pem"), folder.resolve("c.key"));
        assertThat(grpc(stranger)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThatThrownBy(() -> https(stranger)).isInstanceOf(IOException.class);
    }

    @Test
    void serverIsKnownByItsAuthorityAlone() {
        TlsClient doubting = TlsClient.of(new Authority("Another").write(folder.resolve("another.pem")));
        assertThat(grpc(doubting)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThatThrownBy(() -> https(doubting)).isInstanceOf(SSLException.class);
    }

    @Test
    void nothingIsServedWithoutEncryption() {
        ManagedChannel plain = Grpc.newChannelBuilder("127.0.0.1:" + GRPC, InsecureChannelCredentials.create())
                .build();
        assertThat(call(plain)).isEqualTo(Status.Code.UNAVAILABLE);
        for (int port : List.of(PLAIN, HTTPS)) {
            assertThatThrownBy(() -> get(HttpClient.newHttpClient(), "http://127.0.0.1:" + port))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void renewedCertificatesAreServedWithoutARestart() throws Exception {
        AUTHORITY.certify("server-2", folder.resolve("next.pem"), folder.resolve("next.key"));
        for (String kind : List.of("key", "pem")) {
            Files.move(
                    folder.resolve("next." + kind),
                    folder.resolve("server." + kind),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        // Vert.x closes an HTTPS connection that opens at the very moment its certificate is exchanged
        for (int port : List.of(GRPC, HTTPS)) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> client().servedBy(port).contains("server-2"));
        }
        assertThat(grpc(client())).isEqualTo(Status.Code.OK);
        assertThat(https(client())).isIn(200, 503);
        assertThat(grpc(TlsClient.of(folder.resolve("ca.pem")))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThatThrownBy(() -> https(TlsClient.of(folder.resolve("ca.pem")))).isInstanceOf(IOException.class);
    }

    private static TlsClient client() {
        return TlsClient.of(folder.resolve("ca.pem"), folder.resolve("client.pem"), folder.resolve("client.key"));
    }

    private static Status.Code grpc(TlsClient client) {
        return call(Grpc.newChannelBuilder("127.0.0.1:" + GRPC, client.grpc()).build());
    }

    private static Status.Code call(ManagedChannel channel) {
        try {
            ModelServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .listModels(ListModelsRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    private static int https(TlsClient client) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().sslContext(client.context()).build()) {
            return get(http, "https://127.0.0.1:" + HTTPS);
        }
    }

    private static int get(HttpClient http, String address) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(address + "/q/health/ready"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
