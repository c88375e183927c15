package io.atelier.kit.artifacts;

import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.objects.ObjectWorkStore;
import io.atelier.kit.objects.OneS3Server;
import java.time.InstantSource;

class S3OutcomeStoreContractTest extends OutcomeStoreContract {
    private final String prefix = OneS3Server.freshPrefix();

    @Override
    protected WorkStore open(long quotaBytes, InstantSource clock) {
        StoreSettings settings = StoreSettings.of(scratch.resolve("uploads")).withQuota(quotaBytes);
        return ObjectWorkStore.open(OneS3Server.get().store(prefix), settings, clock);
    }
}
