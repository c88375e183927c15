package io.atelier.kit.artifacts;

import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import java.time.InstantSource;

class DirectoryArtifactStoreContractTest extends ArtifactStoreContract {
    @Override
    protected WorkStore open(long quotaBytes, InstantSource clock) {
        return DirectoryStore.open(StoreSettings.of(scratch.resolve("store")).withQuota(quotaBytes), clock);
    }
}
