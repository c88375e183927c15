package io.atelier.endpoints.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.endpoints.config.JwtConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;

/**
 * Signing keys that the issuer publishes at an https address. They are fetched by the thread given, never by a call; while
 * the issuer is away the keys that were fetched last stay in force.
 */
final class FetchedKeys implements SigningKeys {
    private static final Logger LOG = Logger.getLogger(FetchedKeys.class);
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1 << 18;

    private final HttpClient http;
    private final URI address;
    private final boolean discovery;
    private final ScheduledExecutorService thread;
    private final Duration interval;
    private volatile Optional<List<JsonWebKey>> keys = Optional.empty();
    private volatile long lastAttempt;

    /**
     * @param address the JWK set, or the issuer's openid-configuration, which names it
     * @param discovery whether the address is the latter
     */
    private FetchedKeys(
            HttpClient http, URI address, boolean discovery, ScheduledExecutorService thread, Duration interval) {
        this.http = http;
        this.address = address;
        this.discovery = discovery;
        this.thread = thread;
        this.interval = interval;
    }

    /** Fetches now and from time to time, sooner while nothing has come yet. */
    static FetchedKeys start(JwtConfig config, ScheduledExecutorService thread) {
        String named = config.keys().orElse("");
        boolean discovery = named.isEmpty();
        String issuer = config.issuer().orElseThrow();
        URI address = address(discovery ? withoutSlash(issuer) + DISCOVERY : named);
        FetchedKeys keys = new FetchedKeys(client(config.ca()), address, discovery, thread, config.refreshInterval());
        thread.execute(keys::fetchAndPlan);
        return keys;
    }

    private static URI address(String configured) {
        try {
            return KeyAddress.checked(configured);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The signing keys cannot be fetched: " + e.getMessage()
                            + ". Write an https address or a file in atelier.security.jwt.keys, or an issuer with one in"
                            + " atelier.security.jwt.issuer.",
                    e);
        }
    }

    private static String withoutSlash(String issuer) {
        return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    }

    private static HttpClient client(Optional<Path> ca) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER);
        ca.map(path -> TrustedCertificates.only("atelier.security.jwt.ca", path))
                .ifPresent(builder::sslContext);
        return builder.build();
    }

    @Override
    public Optional<List<JsonWebKey>> known() {
        return keys;
    }

    @Override
    public void missed() {
        if (System.nanoTime() - lastAttempt > PAUSE.toNanos()) {
            lastAttempt = System.nanoTime(); // what else is missed meanwhile waits for this one
            try {
                thread.execute(this::fetch);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopping");
            }
        }
    }

    private void fetchAndPlan() {
        fetch();
        Duration pause = keys.isPresent() ? interval : FIRST_RETRY;
        try {
            var _ = thread.schedule(this::fetchAndPlan, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping");
        }
    }

    private void fetch() {
        lastAttempt = System.nanoTime();
        try {
            keys = Optional.of(SigningKeys.parse(get(discovery ? published() : address)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("The signing keys cannot be fetched from %s (%s)", address, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private URI published() throws IOException, InterruptedException {
        JsonNode named = new ObjectMapper().readTree(get(address)).path("jwks_uri");
        return KeyAddress.checked(named.asText(""));
    }

    private String get(URI from) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(from).timeout(TIMEOUT).build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("it answered " + answer.statusCode());
            }
            byte[] content = body.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IOException("its answer is larger than " + MAX_BYTES + " bytes");
            }
            return new String(content, StandardCharsets.UTF_8);
        }
    }
}
