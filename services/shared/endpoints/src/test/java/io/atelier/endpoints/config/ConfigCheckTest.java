package io.atelier.endpoints.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {
    @Test
    void defaultsAreSound() {
        SmallRyeConfig config = config(Map.of());
        assertThat(check(config).problems()).isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnceWithItsKey() {
        SmallRyeConfig config = config(Map.of(
                "atelier.models.poll-interval", "1ms",
                "atelier.artifacts.base-url", "artifacts",
                "atelier.artifacts.retention", "1d",
                "atelier.inference.device", "tpu",
                "atelier.inference.workers", "0",
                "atelier.requests.max-in-flight", "-1"));
        assertThatThrownBy(() -> check(config).verify())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "6 problem",
                        "atelier.models.poll-interval",
                        "atelier.artifacts.base-url",
                        "atelier.artifacts.retention",
                        "atelier.inference.device",
                        "atelier.inference.workers",
                        "atelier.requests.max-in-flight");
    }

    @Test
    void storesElsewhereAreRefusedByName() {
        SmallRyeConfig config = config(Map.of(
                "atelier.models.repository", "s3://Not_A_Bucket/models",
                "atelier.artifacts.directory", "s3:/works",
                "atelier.s3.endpoint", "minio:9000",
                "atelier.s3.region", "Frankfurt!",
                "atelier.s3.credentials-file", "nowhere/credentials"));
        assertThat(check(config).problems())
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("atelier.models.repository is 's3://Not_A_Bucket/models'"))
                .anyMatch(problem -> problem.startsWith("atelier.artifacts.directory is 's3:/works'"))
                .anyMatch(problem -> problem.startsWith("atelier.s3.endpoint"))
                .anyMatch(problem -> problem.startsWith("atelier.s3.region"))
                .anyMatch(problem -> problem.startsWith("atelier.s3.credentials-file"));
    }

    private static ConfigCheck check(SmallRyeConfig config) {
        return new ConfigCheck()
                .models(config.getConfigMapping(ModelsConfig.class))
                .artifacts(config.getConfigMapping(ArtifactsConfig.class))
                .inference(config.getConfigMapping(InferenceConfig.class))
                .s3(config.getConfigMapping(S3Config.class))
                .requests(config.getConfigMapping(RequestsConfig.class));
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ModelsConfig.class)
                .withMapping(ArtifactsConfig.class)
                .withMapping(InferenceConfig.class)
                .withMapping(RequestsConfig.class)
                .withMapping(S3Config.class)
                .withDefaultValues(values)
                .build();
    }
}
