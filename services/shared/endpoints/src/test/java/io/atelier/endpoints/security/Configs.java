package io.atelier.endpoints.security;

import io.atelier.endpoints.config.JwtConfig;
import io.atelier.endpoints.config.SecurityConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** Configuration from a map. */
final class Configs {
    private Configs() {}

    static SecurityConfig security(Map<String, String> values) {
        return of(values).getConfigMapping(SecurityConfig.class);
    }

    static JwtConfig jwt(Map<String, String> values) {
        return of(values).getConfigMapping(JwtConfig.class);
    }

    private static SmallRyeConfig of(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(SecurityConfig.class)
                .withMapping(JwtConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
