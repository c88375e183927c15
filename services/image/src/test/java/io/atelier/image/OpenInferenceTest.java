package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.atelier.kit.KafkaResource;
import io.atelier.kit.models.TinyFlow;
import io.atelier.oip.OpenInference;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.inference.GRPCInferenceServiceGrpc;
import io.atelier.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.atelier.proto.inference.ModelInferRequest;
import io.atelier.proto.inference.ModelInferRequest.InferInputTensor;
import io.atelier.proto.inference.ModelMetadataRequest;
import io.atelier.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.atelier.proto.inference.ModelReadyRequest;
import io.atelier.proto.inference.RepositoryIndexRequest;
import io.atelier.proto.inference.RepositoryIndexResponse.ModelIndex;
import io.atelier.proto.inference.ServerReadyRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of KServe and Triton reach the image service's models. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class OpenInferenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    OpenInference openInference;

    private final Client client = new Client();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void awaitModels() {
        await().atMost(PATIENCE)
                .until(() -> open().serverReady(ServerReadyRequest.getDefaultInstance())
                                .getReady()
                        && open().modelReady(ModelReadyRequest.newBuilder()
                                        .setName("judge")
                                        .build())
                                .getReady());
    }

    @AfterEach
    void close() {
        client.close();
        http.close();
    }

    @Test
    void everyModelOfTheServiceIsListedAndDescribed() throws Exception {
        assertThat(open().repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                        .getModelsList())
                .extracting(ModelIndex::getName)
                .contains("tiny", "flow", "judge");
        assertThat(open().modelMetadata(ModelMetadataRequest.newBuilder()
                                .setName("tiny")
                                .build())
                        .getInputsList())
                .extracting(TensorMetadata::getName, TensorMetadata::getDatatype)
                .containsExactly(tuple("latent", "FP32"), tuple("label", "INT64"));
        assertThat(JSON.readTree(get("/v2").body()).path("version").asText()).isNotEqualTo("unknown");
        assertThat(get("/v2/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/v2/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void generatorsPictureIsRecognisedByTheClassifier() throws Exception {
        float[] picture = floats(infer("tiny", 1, latents(1, 0.1f), longs(2)));
        JsonNode answer = JSON.readTree(post("/v2/models/judge/infer", """
                        {"inputs": [{"name": "image", "shape": [1, 1, 8, 8], "datatype": "FP32", "data": %s}],
                         "outputs": [{"name": "probabilities"}]}
                        """.formatted(Arrays.toString(picture)))
                .body());
        JsonNode probabilities = answer.path("outputs").path(0).path("data");
        assertThat(probabilities.path(2).asDouble()).isGreaterThan(0.5);
        assertThat(answer.path("outputs").size()).isEqualTo(1);
    }

    @Test
    void flowTellsTheVelocityThatItsGraphComputes() {
        float[] rows = latents(2, 0.3f, 64);
        float[] times = {0.25f, 0.75f};
        long[] labels = {1, 3};
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName("flow")
                .addInputs(input("x", "FP32", 2, 1, 8, 8))
                .addInputs(input("time", "FP32", 2))
                .addInputs(input("label", "INT64", 2))
                .addRawInputContents(bytes(rows))
                .addRawInputContents(bytes(times))
                .addRawInputContents(bytes(labels))
                .build();
        assertThat(floats(open().modelInfer(request).getRawOutputContents(0)))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(TinyFlow.named("flow").velocities(rows, times, labels));
    }

    @Test
    void bytesBehindJsonGiveWhatRawValuesGive() throws Exception {
        String json = """
                {"parameters": {"binary_data_output": true}, "inputs": [
                  {"name": "latent", "shape": [2, 4], "datatype": "FP32", "parameters": {"binary_data_size": 32}},
                  {"name": "label", "shape": [2], "datatype": "INT64", "parameters": {"binary_data_size": 16}}]}
                """;
        ByteString body =
                ByteString.copyFromUtf8(json).concat(bytes(latents(2, 0.4f))).concat(bytes(longs(1, 0)));
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(uri("/v2/models/tiny/infer"))
                        .header("Inference-Header-Content-Length", Integer.toString(json.length()))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        int jsonLength = Integer.parseInt(
                answer.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        assertThat(ByteString.copyFrom(answer.body(), jsonLength, answer.body().length - jsonLength))
                .isEqualTo(infer("tiny", 2, latents(2, 0.4f), longs(1, 0)));
    }

    @Test
    void clientThatGoesStopsItsRequest() throws Exception {
        String body = """
                {"inputs": [{"name": "latent", "shape": [60, 4], "datatype": "FP32", "data": %s},
                            {"name": "label", "shape": [60], "datatype": "INT64", "data": %s}]}
                """.formatted(Arrays.toString(new int[240]), Arrays.toString(new int[60]));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.getOutputStream()
                    .write("POST /v2/models/slow/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(body.length(), body)
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(PATIENCE).until(() -> openInference.inFlight() == 1);
        }
        await().atMost(PATIENCE).until(() -> openInference.inFlight() == 0);
        assertThat(get("/q/metrics").body().lines())
                .anyMatch(line -> line.startsWith("atelier_outcomes_total")
                        && line.contains("entrance=\"oip-rest\"")
                        && line.contains("model=\"slow\"")
                        && line.contains("outcome=\"cancelled\""));
    }

    @Test
    void ownCallsAndOpenOnesShareTheModelWithoutChangingEachOther() {
        var own = Client.of("tiny").setSeed(11).setCount(4);
        List<String> ids = ids(client.generate(own.clone()));
        float[] alone = floats(infer("tiny", 3, latents(3, 0.7f), longs(0, 1, 2)));
        List<CompletableFuture<Void>> together = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    if (i % 2 == 0) {
                        assertThat(ids(client.generate(own.clone()))).isEqualTo(ids);
                    } else {
                        assertThat(floats(infer("tiny", 3, latents(3, 0.7f), longs(0, 1, 2))))
                                .isEqualTo(alone);
                    }
                }))
                .toList();
        together.forEach(CompletableFuture::join);
    }

    @Test
    void refusalsCarryTheirCodeFieldAndLimit() throws Exception {
        assertThat(Refusal.of(() -> infer("unicorn", 1, latents(1, 0), longs(0))))
                .returns(Status.Code.NOT_FOUND, Refusal::status)
                .returns("ATELIER-MODEL-0001", Refusal::reason);
        assertThat(Refusal.of(() -> infer("tiny", 1, new float[3], longs(0))))
                .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                .returns("ATELIER-TENSOR-0004", Refusal::reason)
                .returns("inputs.latent", Refusal::field)
                .returns("16 bytes", Refusal::limit);
        assertThat(Refusal.of(() -> infer("tiny", 257, latents(257, 0), new long[257])))
                .returns("1..256", Refusal::limit);
        assertThat(Refusal.of(() -> infer("tiny", 1, new float[2 << 20], longs(0))))
                .returns(Status.Code.RESOURCE_EXHAUSTED, Refusal::status);
        HttpResponse<String> tooLarge = post("/v2/models/tiny/infer", " ".repeat((4 << 20) + 1));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("ATELIER-REQUEST-0005");
        assertThat(post("/v2/models/unicorn/infer", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void otherSitesPagesCannotRunModelsInLocalMode() throws Exception {
        HttpResponse<String> foreign = http.send(
                HttpRequest.newBuilder(uri("/v2/models/tiny/infer"))
                        .header("Origin", "https://example.com")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(foreign.statusCode()).isEqualTo(403);
    }

    @Test
    void metersTellTheEntrance() throws Exception {
        infer("tiny", 1, latents(1, 0), longs(0));
        post("/v2/models/tiny/infer", """
                {"inputs": [{"name": "latent", "shape": [1, 4], "datatype": "FP32", "data": [0, 0, 0, 0]},
                            {"name": "label", "shape": [1], "datatype": "INT64", "data": [0]}]}
                """);
        String meters = get("/q/metrics").body();
        for (String entrance : List.of("oip-grpc", "oip-rest")) {
            assertThat(meters.lines())
                    .as(entrance)
                    .anyMatch(line -> line.startsWith("atelier_request_seconds_count")
                            && line.contains("entrance=\"" + entrance + "\"")
                            && line.contains("model=\"tiny\"")
                            && line.contains("outcome=\"completed\"")
                            && line.contains("kind=\"image\""));
        }
    }

    private GRPCInferenceServiceBlockingStub open() {
        return GRPCInferenceServiceGrpc.newBlockingStub(client.channel()).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private ByteString infer(String model, int rows, float[] latent, long[] label) {
        return open().modelInfer(ModelInferRequest.newBuilder()
                        .setModelName(model)
                        .addInputs(input("latent", "FP32", rows, 4))
                        .addInputs(input("label", "INT64", rows))
                        .addRawInputContents(bytes(latent))
                        .addRawInputContents(bytes(label))
                        .build())
                .getRawOutputContents(0);
    }

    private static InferInputTensor input(String name, String datatype, long... shape) {
        return InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addAllShape(Arrays.stream(shape).boxed().toList())
                .build();
    }

    private static float[] latents(int rows, float first) {
        return latents(rows, first, 4);
    }

    private static float[] latents(int rows, float first, int width) {
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(first + i);
        }
        return values;
    }

    private static long[] longs(long... values) {
        return values;
    }

    private static ByteString bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    private static ByteString bytes(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    private static float[] floats(ByteString raw) {
        float[] values = new float[raw.size() / 4];
        raw.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static List<String> ids(GenerateImageResult result) {
        return result.getImagesList().stream()
                .map(image -> image.getArtifact().getId())
                .toList();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
