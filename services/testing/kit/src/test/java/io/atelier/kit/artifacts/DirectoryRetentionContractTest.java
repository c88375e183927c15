package io.atelier.kit.artifacts;

import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

class DirectoryRetentionContractTest extends RetentionContract {
    DirectoryRetentionContractTest() {
        super(Duration.ZERO, Instant.now().minus(Duration.ofDays(365)));
    }

    @Override
    protected WorkStore open(long quotaBytes, InstantSource clock) {
        return DirectoryStore.open(StoreSettings.of(scratch.resolve("store")).withQuota(quotaBytes), clock);
    }
}
