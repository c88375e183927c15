package io.atelier.endpoints.stores;

import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.objects.ObjectWorkStore;
import io.atelier.endpoints.config.ArtifactsConfig;
import io.atelier.endpoints.config.ModelsConfig;
import io.atelier.endpoints.config.S3Config;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelRepository;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import io.atelier.s3.S3Connection;
import io.atelier.s3.S3Location;
import io.atelier.s3.S3Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service's stores by their configured places. The client of object stores is loaded only when a place is one. Close it
 * after the stores.
 */
public final class Stores implements AutoCloseable {
    private final ModelsConfig models;
    private final ArtifactsConfig artifacts;
    private final S3Config s3;
    private final InstantSource clock;
    private @Nullable S3Connection connection;

    public Stores(ModelsConfig models, ArtifactsConfig artifacts, S3Config s3, InstantSource clock) {
        this.models = models;
        this.artifacts = artifacts;
        this.s3 = s3;
        this.clock = clock;
    }

    /** The model repository; nothing is read yet. */
    public ModelRepository models() {
        String place = models.repository();
        if (!S3Location.isMeant(place)) {
            return new DirectoryModelRepository(Path.of(place), clock);
        }
        return new ObjectModelRepository(
                objects(place, ErrorCode.REPOSITORY_UNAVAILABLE),
                new PackageCache(models.cache(), models.cacheQuota().asLongValue(), clock));
    }

    /** The model repository's folder, when it is one. */
    public static Optional<Path> folder(ModelsConfig models) {
        String place = models.repository();
        return S3Location.isMeant(place) ? Optional.empty() : Optional.of(Path.of(place));
    }

    /** The model repository's absolute path or address, for a program beside this one. */
    public static String address(ModelsConfig models) {
        return folder(models)
                .map(folder -> folder.toAbsolutePath().normalize().toString())
                .orElse(models.repository());
    }

    /** Opens the store of works; throws STORE_UNAVAILABLE when it cannot be written. */
    public WorkStore works(Set<String> mediaTypes) {
        String place = artifacts.directory();
        if (!S3Location.isMeant(place)) {
            return DirectoryStore.open(settings(Path.of(place), mediaTypes), clock);
        }
        return ObjectWorkStore.open(
                objects(place, ErrorCode.STORE_UNAVAILABLE), settings(artifacts.uploads(), mediaTypes), clock);
    }

    private StoreSettings settings(Path folder, Set<String> mediaTypes) {
        return new StoreSettings(
                folder, artifacts.quota().asLongValue(), artifacts.retention(), artifacts.retention(), mediaTypes);
    }

    /** The objects at an address of the form {@code s3://bucket/prefix}; failures answer problems of this code. */
    public synchronized ObjectStore objects(String place, ErrorCode unavailable) {
        S3Connection open = connection;
        if (open == null) {
            open = S3Connection.open(new S3Settings(s3.endpoint(), s3.region(), s3.pathStyle(), s3.credentialsFile()));
            connection = open;
        }
        return open.store(S3Location.parse(place).orElseThrow(), unavailable);
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
