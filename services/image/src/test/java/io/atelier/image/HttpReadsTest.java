package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.Digest;
import io.atelier.kit.KafkaResource;
import io.atelier.proto.common.v1.Artifact;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class HttpReadsTest {
    private final Client client = new Client();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        http.close();
    }

    @Test
    void artifactsUriLeadsToItsBytes() throws Exception {
        Artifact made = picture();
        HttpResponse<byte[]> answer = get(made);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Digest.of(answer.body()).hex()).isEqualTo(made.getId());
        assertThat(header(answer, "Content-Type")).isEqualTo("image/png");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Disposition")).startsWith("inline").contains(made.getId() + ".png");
        assertThat(header(answer, "ETag")).isEqualTo('"' + made.getId() + '"');
    }

    @Test
    void rangesAreServedAndBoundedByTheFile() throws Exception {
        Artifact made = picture();
        byte[] whole = get(made).body();
        HttpResponse<byte[]> part = get(made, "Range", "bytes=8-15");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(8).isEqualTo(Arrays.copyOfRange(whole, 8, 16));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 8-15/" + whole.length);
        HttpResponse<byte[]> behind = get(made, "Range", "bytes=999999-");
        assertThat(behind.statusCode()).isEqualTo(416);
        assertThat(header(behind, "Content-Range")).isEqualTo("bytes */" + whole.length);
    }

    @Test
    void headAndKnownTagsCarryNoBody() throws Exception {
        Artifact made = picture();
        HttpResponse<byte[]> head = http.send(
                HttpRequest.newBuilder(URI.create(made.getUri())).HEAD().build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo(Long.toString(made.getSize()));
        assertThat(get(made, "If-None-Match", '"' + made.getId() + '"').statusCode())
                .isEqualTo(304);
    }

    @Test
    void unknownAndMalformedIdsAreToldApart() throws Exception {
        assertThat(get("/artifacts/" + "0".repeat(64)).statusCode()).isEqualTo(404);
        assertThat(get("/artifacts/..%2Fetc").statusCode()).isEqualTo(400);
        assertThat(get("/outcomes/" + "0".repeat(64)).statusCode()).isEqualTo(404);
        assertThat(get("/outcomes/x").statusCode()).isEqualTo(400);
    }

    @Test
    void foreignOriginAndHostAreRejectedInLocalMode() throws Exception {
        Artifact made = picture();
        HttpResponse<byte[]> foreign = get(made, "Origin", "https://example.com");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(new String(foreign.body(), StandardCharsets.UTF_8)).contains("Origin");
        assertThat(get(made, "Origin", "http://localhost:8080").statusCode()).isEqualTo(200);
        assertThat(statusLineFor("example.com")).contains("403");
        assertThat(statusLineFor("127.0.0.1")).contains("404");
    }

    /** Java's own client does not let a caller forge Host. */
    private static String statusLineFor(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            String request = "GET /artifacts/" + "0".repeat(64) + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }
    }

    private Artifact picture() {
        return client.generate(Client.of("tiles").setSeed(1)).getImages(0).getArtifact();
    }

    private HttpResponse<byte[]> get(Artifact artifact, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(artifact.getUri()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
