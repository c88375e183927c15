package io.atelier.s3;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a store is reached.
 *
 * @param endpoint its address; empty for Amazon's own in the region
 * @param region the region that requests are signed for
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 * @param credentials a file in the form of an AWS credentials file, read again when it changes; empty for the SDK's
 *     default chain: system properties, environment, the file in the home folder, the container's and the machine's role
 */
public record S3Settings(Optional<URI> endpoint, String region, boolean pathStyle, Optional<Path> credentials) {
    public static final String DEFAULT_REGION = "us-east-1";

    /** Refuses, by the names of the commands' options, what no store could be reached with. */
    public S3Settings requireUsable() {
        endpoint.filter(address -> !isWeb(address)).ifPresent(address -> {
            throw refused("s3-endpoint", "an address http(s)://HOST:PORT", address + " is no such address");
        });
        if (region.isBlank()) {
            throw refused("s3-region", "a region's name", "it is blank");
        }
        credentials.filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw refused("s3-credentials", "a file this user may read", file + " cannot be read");
        });
        return this;
    }

    private static boolean isWeb(URI address) {
        return ("http".equals(address.getScheme()) || "https".equals(address.getScheme())) && address.getHost() != null;
    }

    private static RuntimeException refused(String option, String rule, String why) {
        return Problem.field(
                        ErrorCode.OUT_OF_RANGE_FIELD, option, rule, "--" + option + " takes " + rule + "; " + why + ".")
                .exception();
    }
}
