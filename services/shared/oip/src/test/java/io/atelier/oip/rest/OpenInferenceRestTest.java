package io.atelier.oip.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.inference.Rows;
import io.atelier.oip.Workshop;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OpenInferenceRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TINY = "/v2/models/tiny/infer";

    @TempDir
    static Path folder;

    private static Workshop workshop;
    private static RestDesk desk;

    @BeforeAll
    static void open() {
        workshop = new Workshop(folder);
        desk = new RestDesk(workshop);
    }

    @AfterAll
    static void close() {
        desk.close();
        workshop.close();
    }

    @Test
    void serverTellsThatItLivesIsReadyAndWhoItIs() throws Exception {
        assertThat(json(desk.get("/v2/health/live")).path("live").asBoolean()).isTrue();
        assertThat(json(desk.get("/v2/health/ready")).path("ready").asBoolean()).isTrue();
        assertThat(json(desk.get("/v2")).path("name").asText()).isEqualTo("atelier");
        assertThat(json(desk.get("/v2")).path("extensions").toString()).contains("binary_tensor_data");
    }

    @Test
    void metadataTellsTheGraphsTensors() throws Exception {
        JsonNode judge = json(desk.get("/v2/models/judge/versions/1"));
        assertThat(judge).isEqualTo(JSON.readTree("""
                                {"name": "judge", "versions": ["1"], "platform": "onnxruntime_onnx",
                                 "inputs": [{"name": "image", "datatype": "FP32", "shape": [-1, 1, 8, 8]}],
                                 "outputs": [{"name": "logits", "datatype": "FP32", "shape": [-1, 3]},
                                             {"name": "probabilities", "datatype": "FP32", "shape": [-1, 3]},
                                             {"name": "features", "datatype": "FP32", "shape": [-1, 3]}]}
                                """));
        assertThat(json(desk.get("/v2/models/both.generator")).path("inputs").size())
                .isEqualTo(2);
    }

    @Test
    void numbersComeBackWithTheBitsOfAnOwnRun() throws Exception {
        Map<String, Rows> rows = Workshop.latents(3, 2);
        String nested = "[[%s], [%s]]"
                .formatted(
                        numbers(Arrays.copyOf(Workshop.floats(rows, "latent"), 4)),
                        numbers(Arrays.copyOfRange(Workshop.floats(rows, "latent"), 4, 8)));
        for (String latent : new String[] {"[" + numbers(Workshop.floats(rows, "latent")) + "]", nested}) {
            JsonNode answer =
                    json(desk.post(TINY, """
                    {"id": "a-request", "parameters": {"unknown": 1}, "model_name": "passed over", "inputs": [
                      {"data": %s, "name": "latent", "datatype": "FP32", "shape": [2, 4]},
                      {"name": "label", "shape": [2], "datatype": "INT64", "data": %s}
                    ], "outputs": [{"name": "image"}]}
                    """.formatted(latent, Arrays.toString(Workshop.longs(rows, "label")))));
            assertThat(answer.path("model_name").asText()).isEqualTo("tiny");
            assertThat(answer.path("model_version").asText()).isEqualTo("1");
            assertThat(answer.path("id").asText()).isEqualTo("a-request");
            JsonNode image = answer.path("outputs").path(0);
            assertThat(image.path("shape").toString()).isEqualTo("[2,1,8,8]");
            float[] values = new float[image.path("data").size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = image.path("data").path(i).floatValue();
            }
            assertThat(values).isEqualTo(own(rows));
        }
        assertThat(workshop.outcomes("oip-rest", "tiny", "completed")).isPositive();
    }

    @Test
    void bytesBehindTheJsonAreTakenAndGivenWhereTheyAreAskedFor() throws Exception {
        Map<String, Rows> rows = Workshop.latents(4, 2);
        HttpResponse<byte[]> answer = binary(rows, """
                {"parameters": {"binary_data_output": true}, "inputs": [
                  {"name": "label", "shape": [2], "datatype": "INT64", "parameters": {"binary_data_size": 16}},
                  {"name": "latent", "shape": [2, 4], "datatype": "FP32", "parameters": {"binary_data_size": 32}}]}
                """);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        int jsonLength = Integer.parseInt(
                answer.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        JsonNode image =
                JSON.readTree(answer.body(), 0, jsonLength).path("outputs").path(0);
        assertThat(image.path("parameters").path("binary_data_size").asInt())
                .isEqualTo(answer.body().length - jsonLength)
                .isEqualTo(512);
        assertThat(image.has("data")).isFalse();
        float[] values = new float[128];
        ByteBuffer.wrap(answer.body(), jsonLength, 512)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).isEqualTo(own(rows));
    }

    @Test
    void bytesThatDoNotAddUpAreRefused() throws Exception {
        Map<String, Rows> rows = Workshop.latents(4, 2);
        String input =
                "{\"name\": \"%s\", \"shape\": %s, \"datatype\": \"%s\", \"parameters\": {\"binary_data_size\": %d}}";
        String label = input.formatted("label", "[2]", "INT64", 16);
        for (String latent : new String[] {
            input.formatted("latent", "[2, 4]", "FP32", 31),
            input.formatted("latent", "[2, 4]", "FP32", 33),
            input.formatted("latent", "[2, 4]", "FP32", Long.MAX_VALUE)
        }) {
            HttpResponse<byte[]> answer = binary(rows, "{\"inputs\": [" + label + ", " + latent + "]}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(text(answer)).contains("ATELIER-TENSOR-0004");
        }
        HttpResponse<byte[]> beyond = desk.post(TINY, new byte[10], "Inference-Header-Content-Length", "11");
        assertThat(beyond.statusCode()).isEqualTo(400);
        assertThat(text(beyond)).contains("ATELIER-REQUEST-0002");
        HttpResponse<byte[]> unsaid =
                desk.post(TINY, ("{\"inputs\": [" + label + "]}").getBytes(StandardCharsets.UTF_8), "X-None", "");
        assertThat(text(unsaid)).contains("ATELIER-TENSOR-0004", "Inference-Header-Content-Length");
    }

    @Test
    void refusalsAreJsonWithTheirStatusAndSayWhatToDo() throws Exception {
        refused("/v2/models/nobody/infer", request("[0, 0, 0, 0]", "[0]"), 404).contains("ATELIER-MODEL-0001");
        refused("/v2/models/tiny/versions/9/infer", request("[0, 0, 0, 0]", "[0]"), 404)
                .contains("ATELIER-MODEL-0001");
        refused("/v2/models/tiny/versions/x/infer", request("[0, 0, 0, 0]", "[0]"), 400)
                .contains("ATELIER-MODEL-0007");
        refused("/v2/models/both/infer", request("[0, 0, 0, 0]", "[0]"), 400).contains("both.generator");
        refused(TINY, request("[0, 0, 0]", "[0]"), 400).contains("ATELIER-TENSOR-0004", "4 values", "not 3");
        refused(TINY, request("[0, 0, 0, 0, 0]", "[0]"), 400).contains("ATELIER-TENSOR-0004", "not more");
        refused(TINY, request("[0, 0, 0, \"0\"]", "[0]"), 400).contains("ATELIER-TENSOR-0002");
        refused(TINY, request("[0, 0, 0, true]", "[0]"), 400).contains("ATELIER-TENSOR-0002");
        refused(TINY, request("[0, 0, 0, 1e400]", "[0]"), 400).contains("ATELIER-TENSOR-0002");
        refused(TINY, request("[0, 0, 0, 0]", "[0.5]"), 400).contains("ATELIER-TENSOR-0002");
        refused(TINY, request("[0, 0, 0, 0]", "[99999999999999999999]"), 400).contains("ATELIER-TENSOR-0002");
        refused(TINY, request("[0, 0, 0, 0]", "[7]"), 400).contains("ATELIER-TENSOR-0005");
        refused(TINY, request("0", "[0]"), 400).contains("ATELIER-REQUEST-0004", "/inputs/0/data");
        refused(TINY, "", 400).contains("ATELIER-REQUEST-0004");
        refused(TINY, "{\"inputs\": [", 400).contains("ATELIER-EVENT-0003");
        refused(TINY, "{} {}", 400).contains("ATELIER-REQUEST-0004");
        refused(TINY, "{\"inputs\": [" + "[".repeat(5000), 400).contains("ATELIER-");
        refused(TINY, "{\"inputs\": [{\"name\": \"latent\"}]}", 400).contains("ATELIER-REQUEST-0001");
        refused(TINY, "{}", 400).contains("ATELIER-REQUEST-0001", "latent", "label");
        assertThat(desk.get(TINY).statusCode()).isEqualTo(405);
    }

    @Test
    void bodyBeyondItsLimitIsRefusedWhetherItSaysItsSizeOrNot() throws Exception {
        int limit = Workshop.LIMITS.maxBody();
        refused(TINY, " ".repeat(limit + 1), 413).contains("ATELIER-REQUEST-0005", "atelier.oip.max-body");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write("POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .formatted(TINY)
                    .getBytes(StandardCharsets.US_ASCII));
            String chunk = "1000\r\n" + " ".repeat(4096) + "\r\n";
            for (int sent = 0; sent <= limit; sent += 4096) {
                out.write(chunk.getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
            byte[] answer = new byte[64];
            assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            assertThat(new String(answer, 0, 12, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void clientThatGoesStopsItsRequest() throws Exception {
        String body = slow();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.port())) {
            socket.getOutputStream()
                    .write("POST /v2/models/slow/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(body.length(), body)
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(Workshop.PATIENCE).until(() -> workshop.inference.inFlight() == 1);
        }
        await().atMost(Workshop.PATIENCE).until(() -> workshop.inference.inFlight() == 0);
        await().atMost(Workshop.PATIENCE).until(() -> workshop.outcomes("oip-rest", "slow", "cancelled") == 1);
        assertThat(workshop.server.waitingRows()).isZero();
    }

    @Test
    void readinessIndexAndStatisticsAreTold() throws Exception {
        assertThat(json(desk.get("/v2/models/tiny/ready")).toString()).isEqualTo("{\"name\":\"tiny\",\"ready\":true}");
        assertThat(desk.get("/v2/models/tiny/versions/1/ready").statusCode()).isEqualTo(200);
        assertThat(desk.get("/v2/models/nobody/ready").statusCode()).isEqualTo(404);
        assertThat(json(desk.post("/v2/repository/index", "")).path(0).toString())
                .isEqualTo("{\"name\":\"both.generator\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"}");
        assertThat(json(desk.post("/v2/repository/index", "{\"ready\": true}")).size())
                .isEqualTo(7);
        desk.post(TINY, request("[0, 0, 0, 0]", "[0]"));
        JsonNode tiny =
                json(desk.get("/v2/models/tiny/stats")).path("model_stats").path(0);
        assertThat(tiny.path("inference_count").asLong()).isPositive();
        assertThat(tiny.path("inference_stats").path("success").path("count").asLong())
                .isPositive();
        assertThat(json(desk.get("/v2/models/stats")).path("model_stats").size())
                .isGreaterThanOrEqualTo(7);
        assertThat(desk.get("/v2/models/nobody/stats").statusCode()).isEqualTo(404);
    }

    private static AbstractStringAssert<?> refused(String path, String body, int status) throws Exception {
        HttpResponse<String> answer = desk.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.size()).isEqualTo(1);
        return assertThat(error.path("error").asText());
    }

    /** A request to tiny or a model like it for one row. */
    private static String request(String latent, String label) {
        return """
                {"inputs": [{"name": "latent", "shape": [1, 4], "datatype": "FP32", "data": %s},
                            {"name": "label", "shape": [1], "datatype": "INT64", "data": %s}]}
                """.formatted(latent, label);
    }

    private static String slow() {
        return """
                {"inputs": [{"name": "latent", "shape": [16, 4], "datatype": "FP32", "data": %s},
                            {"name": "label", "shape": [16], "datatype": "INT64", "data": %s}]}
                """.formatted(Arrays.toString(new int[64]), Arrays.toString(new int[16]));
    }

    /** Labels, then latents, behind the JSON. */
    private static HttpResponse<byte[]> binary(Map<String, Rows> rows, String json) throws Exception {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(head.length + 48).order(ByteOrder.LITTLE_ENDIAN);
        body.put(head);
        for (long label : Workshop.longs(rows, "label")) {
            body.putLong(label);
        }
        for (float latent : Workshop.floats(rows, "latent")) {
            body.putFloat(latent);
        }
        return desk.post(TINY, body.array(), "Inference-Header-Content-Length", Integer.toString(head.length));
    }

    private static float[] own(Map<String, Rows> rows) {
        return Workshop.floats(workshop.own("tiny", "generator", rows).join(), "image");
    }

    private static String numbers(float[] values) {
        String text = Arrays.toString(values);
        return text.substring(1, text.length() - 1);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
