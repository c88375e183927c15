package io.atelier.endpoints.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.atelier.endpoints.config.JwtConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchedKeysTest {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer issuer;

    @BeforeEach
    void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.start();
    }

    @AfterEach
    void stop() {
        thread.shutdownNow();
        issuer.stop(0);
    }

    @Test
    void keysAreFoundThroughTheIssuersConfiguration() throws Exception {
        Issuer known = new Issuer("k1");
        answer("/.well-known/openid-configuration", () -> "{\"jwks_uri\":\"" + address("/keys") + "\"}");
        answer("/keys", known::keySet);
        FetchedKeys keys = FetchedKeys.start(config(Map.of()), thread);
        awaitThread();
        assertThat(keys.known().orElseThrow()).extracting(JsonWebKey::getKeyId).containsExactly("k1");
        assertThat(asked).containsExactly("/.well-known/openid-configuration", "/keys");
    }

    @Test
    void issuerIsNotAskedAgainForEveryForgedToken() throws Exception {
        answer("/keys", new Issuer("k1")::keySet);
        FetchedKeys keys = FetchedKeys.start(config(Map.of("atelier.security.jwt.keys", address("/keys"))), thread);
        awaitThread();
        for (int forged = 0; forged < 100; forged++) {
            keys.missed();
        }
        awaitThread();
        assertThat(asked).containsExactly("/keys");
    }

    @Test
    void brokenAnswersBringNoKeysAndNoException() throws Exception {
        for (String broken : List.of("", "{}", "{\"keys\":[]}", "x".repeat((1 << 18) + 1))) {
            String path = "/keys" + broken.length();
            answer(path, () -> broken);
            FetchedKeys keys = FetchedKeys.start(config(Map.of("atelier.security.jwt.keys", address(path))), thread);
            awaitThread();
            assertThat(keys.known()).isEmpty();
        }
    }

    @Test
    void keysAreFetchedOverHttpsOnly() {
        for (String address :
                List.of("http://192.0.2.1/keys", "ftp://127.0.0.1/keys", "https:///keys", "file:///keys")) {
            assertThatThrownBy(() -> KeyAddress.checked(address)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(KeyAddress.checked("https://issuer.example/keys")).hasHost("issuer.example");
    }

    @Test
    void addressThatIsNoneIsToldByItsSetting() {
        JwtConfig config = config(Map.of("atelier.security.jwt.keys", "http://192.0.2.1/keys"));
        assertThatThrownBy(() -> FetchedKeys.start(config, thread))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("http://192.0.2.1/keys", "atelier.security.jwt.keys");
    }

    private void answer(String path, Supplier<String> body) {
        issuer.createContext(path, exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] content = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            try (exchange) {
                exchange.getResponseBody().write(content);
            }
        });
    }

    /** Everything that was given to the thread before this has been done then. */
    private void awaitThread() throws Exception {
        thread.submit(() -> {}).get(30, TimeUnit.SECONDS);
    }

    private JwtConfig config(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("atelier.security.jwt.issuer", address(""));
        values.put("atelier.security.jwt.audience", "atelier");
        return Configs.jwt(values);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + issuer.getAddress().getPort() + path;
    }
}
