package io.atelier.oip;

import io.atelier.endpoints.config.ConfigCheck;
import java.time.Duration;

/**
 * The bounds of requests.
 *
 * @param maxRows the most rows of a request
 * @param maxBody the most bytes of a request over HTTP
 * @param maxAnswer the most bytes of an answer's tensors
 * @param bodyPatience how long a request's body may take to come
 * @param jobLimit how long a request may take, whatever deadline it brings
 */
public record OipLimits(int maxRows, int maxBody, long maxAnswer, Duration bodyPatience, Duration jobLimit) {

    public static OipLimits of(OipConfig config, Duration bodyPatience, Duration jobLimit) {
        return new OipLimits(
                config.maxRows(),
                Math.toIntExact(config.maxBody().asLongValue()),
                config.maxAnswer().asLongValue(),
                bodyPatience,
                jobLimit);
    }

    /** Adds what is wrong with a configuration to a service's check. */
    public static ConfigCheck check(ConfigCheck check, OipConfig config) {
        return check.range("atelier.oip.max-rows", config.maxRows(), 1, 4096)
                .range("atelier.oip.max-body", config.maxBody().asLongValue(), 1 << 10, 10 << 20)
                .range("atelier.oip.max-answer", config.maxAnswer().asLongValue(), 1 << 10, 1 << 30);
    }
}
