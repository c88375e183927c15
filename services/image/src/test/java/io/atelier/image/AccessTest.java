package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.endpoints.peers.PeerChannels;
import io.atelier.kit.KafkaResource;
import io.atelier.kit.access.AccessContract;
import io.atelier.kit.access.Callers;
import io.atelier.kit.access.SecuredService;
import io.atelier.proto.image.v1.ImageServiceGrpc;
import io.atelier.proto.inference.GRPCInferenceServiceGrpc;
import io.atelier.proto.inference.ModelInferRequest;
import io.atelier.proto.inference.ServerReadyRequest;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** No entrance of the image service lets in whom it does not know, and what it keeps it keeps for whom it knows. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
@WithTestResource(SecuredService.class)
class AccessTest extends AccessContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Router router;

    @Inject
    PeerChannels peers;

    @Override
    protected Router router() {
        return router;
    }

    @Override
    protected String service() {
        return "atelier.image.v1.ImageService";
    }

    @Override
    protected String route() {
        return "GET /artifacts/x";
    }

    @Test
    void outcomeIsKeptForWhoAskedAndForWhomAPeerNames() {
        try (Client client = new Client()) {
            awaitTiny(client);
            assertThat(generated(client, 1, "x-api-key", Callers.KEY)).isEqualTo(Status.Code.OK);
            // another body under an id is refused where that id's outcome is kept
            assertThat(generated(client, 2, "x-api-key", Callers.KEY)).isEqualTo(Status.Code.ALREADY_EXISTS);
            assertThat(generated(client, 2, "x-api-key", Callers.PEER_KEY)).isEqualTo(Status.Code.OK);
            assertThat(generated(client, 2, "x-api-key", Callers.PEER_KEY, "atelier-on-behalf-of", "tester"))
                    .isEqualTo(Status.Code.ALREADY_EXISTS);
            assertThat(generated(client, 2, "x-api-key", Callers.PEER_KEY, "atelier-on-behalf-of", "bob"))
                    .isEqualTo(Status.Code.OK);
        }
    }

    @Test
    void modelIsRunByTheOpenInferenceProtocolOnlyForWhomImagesAreMade() throws Exception {
        try (Client client = new Client();
                HttpClient http = HttpClient.newHttpClient()) {
            awaitTiny(client);
            URI infer = URI.create("http://127.0.0.1:"
                    + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class)
                    + "/v2/models/tiny/infer");
            HttpRequest.Builder request = HttpRequest.newBuilder(infer).POST(HttpRequest.BodyPublishers.ofString("""
                    {"inputs": [{"name": "latent", "shape": [1, 4], "datatype": "FP32", "data": [0, 0, 0, 0]},
                                {"name": "label", "shape": [1], "datatype": "INT64", "data": [0]}]}
                    """));
            assertThat(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(http.send(
                                    request.header("x-api-key", Callers.KEY).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub nobody =
                    GRPCInferenceServiceGrpc.newBlockingStub(client.channel()).withDeadlineAfter(30, TimeUnit.SECONDS);
            assertThat(nobody.serverReady(ServerReadyRequest.getDefaultInstance())
                            .getReady())
                    .isTrue();
            assertThat(Refusal.of(() -> nobody.modelInfer(ModelInferRequest.getDefaultInstance())))
                    .returns(Status.Code.UNAUTHENTICATED, Refusal::status);
        }
    }

    @Test
    void peerActsForWhomItNames() {
        try (Client client = new Client()) {
            awaitTiny(client);
            assertThat(generated(peers.onBehalfOf("self", "carol"), 1)).isEqualTo(Status.Code.OK);
            assertThat(generated(client, 2, "x-api-key", Callers.PEER_KEY, "atelier-on-behalf-of", "carol"))
                    .isEqualTo(Status.Code.ALREADY_EXISTS);
        }
    }

    @Test
    void artifactIsNotLeftInCachesThatOthersShare() throws Exception {
        try (Client client = new Client();
                HttpClient http = HttpClient.newHttpClient()) {
            awaitTiny(client);
            String uri = Client.all(shown(client, "x-api-key", Callers.KEY)
                            .generateImage(Client.of("tiny").setSeed(1).build()))
                    .getLast()
                    .getResult()
                    .getImages(0)
                    .getArtifact()
                    .getUri();
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(uri))
                            .header("x-api-key", Callers.KEY)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control").orElse("")).startsWith("private");
        }
    }

    @Test
    void changedFileOfKeysIsHeededWithoutARestart() throws IOException {
        Path file = Path.of(ConfigProvider.getConfig().getValue("atelier.security.api-keys", String.class));
        String before = Files.readString(file);
        String fresh = "fresh-key-0123456789abcdef";
        try (Client client = new Client()) {
            awaitTiny(client);
            Files.writeString(file, "{\"keys\":[" + SecuredService.entry("fresh", fresh, "") + "]}");
            await().atMost(PATIENCE).until(() -> status(client, fresh) == Status.Code.OK);
            assertThat(status(client, Callers.KEY)).isEqualTo(Status.Code.UNAUTHENTICATED);
            Files.writeString(file, before);
            await().atMost(PATIENCE).until(() -> status(client, Callers.KEY) == Status.Code.OK);
            assertThat(status(client, fresh)).isEqualTo(Status.Code.UNAUTHENTICATED);
        } finally {
            Files.writeString(file, before);
        }
    }

    private static void awaitTiny(Client client) {
        await().atMost(PATIENCE).until(() -> status(client, Callers.KEY) == Status.Code.OK);
    }

    private static Status.Code status(Client client, String key) {
        try {
            Client.all(shown(client, "x-api-key", key)
                    .generateImage(Client.of("tiny").setSeed(1).build()));
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static Status.Code generated(Client client, long seed, String... headers) {
        return generated(shown(client, headers).getChannel(), seed);
    }

    private static Status.Code generated(Channel channel, long seed) {
        try {
            Client.all(ImageServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .withInterceptors(
                            MetadataUtils.newAttachHeadersInterceptor(metadata("atelier-request-id", "owned")))
                    .generateImage(Client.of("tiny").setSeed(seed).build()));
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static ImageServiceGrpc.ImageServiceBlockingStub shown(Client client, String... headers) {
        return ImageServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(headers)));
    }

    private static Metadata metadata(String... namesAndValues) {
        Metadata metadata = new Metadata();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            metadata.put(Metadata.Key.of(namesAndValues[at], Metadata.ASCII_STRING_MARSHALLER), namesAndValues[at + 1]);
        }
        return metadata;
    }
}
