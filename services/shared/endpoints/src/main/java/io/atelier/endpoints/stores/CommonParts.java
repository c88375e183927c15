package io.atelier.endpoints.stores;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.endpoints.artifacts.References;
import io.atelier.endpoints.artifacts.UploadLimits;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.metrics.TimedArtifacts;
import io.atelier.models.ModelRepository;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;

/** The parts that every service is made of: its stores, and what its entrances are bounded by. */
@Singleton
final class CommonParts {
    private final Configured configured;

    CommonParts(Configured configured) {
        this.configured = configured;
    }

    @Produces
    @Singleton
    Stores stores() {
        return new Stores(configured.models(), configured.artifacts(), configured.s3(), InstantSource.system());
    }

    void close(@Disposes Stores stores) {
        stores.close();
    }

    @Produces
    @Singleton
    WorkStore store(Stores stores) {
        Set<String> mediaTypes = new TreeSet<>(StoreSettings.DEFAULT_MEDIA_TYPES);
        mediaTypes.add("application/octet-stream");
        mediaTypes.addAll(configured.uploads());
        return stores.works(mediaTypes);
    }

    void close(@Disposes WorkStore store) {
        store.close();
    }

    @Produces
    @Singleton
    ArtifactStore artifacts(WorkStore store, MeterRegistry meters) {
        return new TimedArtifacts(store.artifacts(), meters);
    }

    @Produces
    @Singleton
    ModelRepository models(Stores stores) {
        return stores.models();
    }

    @Produces
    @Singleton
    Calls calls() {
        return new Calls(
                configured.requests().maxInFlight(), configured.requests().retryDelay());
    }

    @Produces
    @Singleton
    References references() {
        return new References(configured.artifacts().baseUrl());
    }

    @Produces
    @Singleton
    UploadLimits uploads() {
        return new UploadLimits(
                configured.artifacts().maxUpload().asLongValue(),
                configured.requests().stall());
    }
}
