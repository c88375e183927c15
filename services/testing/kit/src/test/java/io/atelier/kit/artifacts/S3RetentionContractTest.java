package io.atelier.kit.artifacts;

import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.objects.ObjectWorkStore;
import io.atelier.kit.objects.OneS3Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

class S3RetentionContractTest extends RetentionContract {
    private final String prefix = OneS3Server.freshPrefix();

    S3RetentionContractTest() {
        super(Duration.ofDays(2), Instant.now()); // its sweep counts whole days, and leaves one for clocks that differ
    }

    @Override
    protected WorkStore open(long quotaBytes, InstantSource clock) {
        StoreSettings settings = StoreSettings.of(scratch.resolve("uploads")).withQuota(quotaBytes);
        return ObjectWorkStore.open(OneS3Server.get().store(prefix), settings, clock);
    }
}
