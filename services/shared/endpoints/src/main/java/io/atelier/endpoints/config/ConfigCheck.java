package io.atelier.endpoints.config;

import io.atelier.s3.S3Location;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Collects what is wrong with a configuration, so that a user hears of all of it at once. */
public final class ConfigCheck {
    private static final Pattern DEVICE = Pattern.compile("cpu|auto|cuda:\\d{1,2}");

    private static final Set<String> ASYMMETRIC = new TreeSet<>(
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"));

    private final List<String> problems = new ArrayList<>();

    /** Checks a number against its range. */
    public ConfigCheck range(String key, long value, long from, long to) {
        if (value < from || value > to) {
            problems.add(key + " is " + value + "; it must be " + from + " to " + to);
        }
        return this;
    }

    /** Checks a duration against its range. */
    public ConfigCheck range(String key, Duration value, Duration from, Duration to) {
        if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
            problems.add(key + " is " + value + "; it must be " + from + " to " + to);
        }
        return this;
    }

    /** Checks anything else. */
    public ConfigCheck holds(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
        return this;
    }

    public ConfigCheck models(ModelsConfig config) {
        return location("atelier.models.repository", config.repository())
                .range("atelier.models.cache-quota", config.cacheQuota().asLongValue(), 1 << 20, Long.MAX_VALUE)
                .range(
                        "atelier.models.poll-interval",
                        config.pollInterval(),
                        Duration.ofMillis(100),
                        Duration.ofHours(1));
    }

    /** Checks how object stores are reached. */
    public ConfigCheck s3(S3Config config) {
        return holds(
                        config.endpoint()
                                .map(URI::toString)
                                .filter(url -> !isAbsolute(url))
                                .isEmpty(),
                        "atelier.s3.endpoint must be an absolute http or https address")
                .holds(
                        config.region().matches("[a-z0-9-]{1,32}"),
                        "atelier.s3.region is '" + config.region() + "'; it must be a region's name, such as us-east-1")
                .holds(
                        config.credentialsFile()
                                .filter(file -> !Files.isReadable(file))
                                .isEmpty(),
                        "atelier.s3.credentials-file cannot be read");
    }

    /** Checks the place of a store. */
    public ConfigCheck location(String key, String location) {
        return holds(
                !location.isBlank()
                        && (!S3Location.isMeant(location)
                                || S3Location.parse(location).isPresent()),
                key + " is '" + location + "'; it must be a folder or s3://bucket/prefix");
    }

    public ConfigCheck artifacts(ArtifactsConfig config) {
        long quota = config.quota().asLongValue();
        return location("atelier.artifacts.directory", config.directory())
                .range("atelier.artifacts.quota", quota, 1 << 20, Long.MAX_VALUE)
                .range("atelier.artifacts.max-upload", config.maxUpload().asLongValue(), 1 << 16, quota)
                .range(
                        "atelier.artifacts.retention",
                        config.retention(),
                        Duration.ofDays(3).plusMillis(1),
                        Duration.ofDays(3650))
                .holds(
                        isAbsolute(config.baseUrl()),
                        "atelier.artifacts.base-url is '" + config.baseUrl()
                                + "'; it must be an absolute http or https address");
    }

    public ConfigCheck inference(InferenceConfig config) {
        return range("atelier.inference.threads", config.threads().orElse(1), 1, 1024)
                .range("atelier.inference.workers", config.workers(), 1, 64)
                .range("atelier.inference.cached-versions", config.cachedVersions(), 1, 64)
                .range("atelier.inference.max-model", config.maxModel().asLongValue(), 1 << 20, Long.MAX_VALUE)
                .range("atelier.inference.memory", config.memory().asLongValue(), 1 << 20, Long.MAX_VALUE)
                .range("atelier.inference.queue-memory", config.queueMemory().asLongValue(), 1 << 20, Long.MAX_VALUE)
                .range("atelier.inference.max-run", config.maxRun(), Duration.ofMillis(1), Duration.ofMinutes(1))
                .range("atelier.inference.max-load", config.maxLoad(), Duration.ofSeconds(1), Duration.ofHours(1))
                .range("atelier.inference.queue", config.queue(), 1, 1_000_000)
                .holds(
                        DEVICE.matcher(config.device()).matches(),
                        "atelier.inference.device is '" + config.device() + "'; it must be cpu, auto or cuda:N");
    }

    public ConfigCheck security(SecurityConfig config, JwtConfig jwt) {
        Set<SecurityConfig.Mode> modes = config.mode().orElse(Set.of());
        range("atelier.security.reload-interval", config.reloadInterval(), Duration.ofMillis(100), Duration.ofHours(1));
        holds(
                !modes.contains(SecurityConfig.Mode.NONE) || modes.size() == 1,
                "atelier.security.mode is none and more; write none alone, or leave it out");
        holds(
                !modes.contains(SecurityConfig.Mode.API_KEY) || config.apiKeys().isPresent(),
                "atelier.security.mode has api-key; atelier.security.api-keys must name the file with the keys' hashes");
        return modes.contains(SecurityConfig.Mode.JWT) ? jwt(jwt) : this;
    }

    private ConfigCheck jwt(JwtConfig config) {
        return holds(
                        config.issuer().isPresent() && config.audience().isPresent(),
                        "atelier.security.mode has jwt; atelier.security.jwt.issuer and atelier.security.jwt.audience"
                                + " must be written")
                .holds(
                        ASYMMETRIC.containsAll(config.algorithms())
                                && !config.algorithms().isEmpty(),
                        "atelier.security.jwt.algorithms is " + config.algorithms() + "; it must be some of "
                                + ASYMMETRIC)
                .range("atelier.security.jwt.clock-skew", config.clockSkew(), Duration.ZERO, Duration.ofMinutes(5))
                .range(
                        "atelier.security.jwt.refresh-interval",
                        config.refreshInterval(),
                        Duration.ofSeconds(10),
                        Duration.ofDays(1));
    }

    public ConfigCheck requests(RequestsConfig config) {
        return range("atelier.requests.max-in-flight", config.maxInFlight(), 1, 10_000)
                .range("atelier.requests.max-watches", config.maxWatches(), 1, 10_000)
                .range("atelier.requests.retry-delay", config.retryDelay(), Duration.ofMillis(1), Duration.ofMinutes(1))
                .range("atelier.requests.job-limit", config.jobLimit(), Duration.ofSeconds(1), Duration.ofDays(1))
                .range("atelier.requests.stall", config.stall(), Duration.ofSeconds(1), Duration.ofHours(1))
                .range("atelier.requests.drain", config.drain(), Duration.ZERO, Duration.ofMinutes(10));
    }

    /** What was found wrong, a sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Ends the start with every problem that was found. */
    public void verify() {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "The configuration has " + problems.size() + " problem(s): " + String.join("; ", problems) + ".");
        }
    }

    private static boolean isAbsolute(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
