package io.atelier.endpoints.stores;

import io.atelier.endpoints.config.ArtifactsConfig;
import io.atelier.endpoints.config.ConfigCheck;
import io.atelier.endpoints.config.ModelsConfig;
import io.atelier.endpoints.config.RequestsConfig;
import io.atelier.endpoints.config.S3Config;
import java.util.Set;

/**
 * A service's configuration as far as every service has it. A service's wiring makes one once nothing is wrong with any of
 * its configuration, so that no part is made before.
 *
 * @param uploads media types that may be put as artifacts beside the usual ones
 */
public record Configured(
        ModelsConfig models, ArtifactsConfig artifacts, S3Config s3, RequestsConfig requests, Set<String> uploads) {
    public Configured {
        uploads = Set.copyOf(uploads);
    }

    /** A check of it; the service adds its own. */
    public static ConfigCheck check(
            ModelsConfig models, ArtifactsConfig artifacts, S3Config s3, RequestsConfig requests) {
        return new ConfigCheck().models(models).artifacts(artifacts).s3(s3).requests(requests);
    }
}
