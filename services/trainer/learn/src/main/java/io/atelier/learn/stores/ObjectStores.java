package io.atelier.learn.stores;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.learn.data.ObjectData;
import io.atelier.learn.data.ReadLimits;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelRepository;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import io.atelier.s3.S3Connection;
import io.atelier.s3.S3Location;
import io.atelier.s3.S3Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens what places name; closed after the last use of any. Used by one thread. */
public final class ObjectStores implements AutoCloseable {
    private static final long CACHE_BYTES = 10L << 30;

    private final Supplier<S3Settings> settings;
    private @Nullable S3Connection connection;

    /**
     * Nothing is opened yet.
     *
     * @param settings asked once, when the first place in an object store is used
     */
    public ObjectStores(Supplier<S3Settings> settings) {
        this.settings = settings;
    }

    /**
     * The model repository of a place.
     *
     * @param cache the folder of packages that are fetched
     */
    public ModelRepository models(Place place, Path cache) {
        InstantSource clock = InstantSource.system();
        return switch (place) {
            case Place.Local local -> new DirectoryModelRepository(local.path(), clock);
            case Place.Remote remote ->
                new ObjectModelRepository(
                        connection().store(remote.location(), ErrorCode.REPOSITORY_UNAVAILABLE),
                        new PackageCache(cache, CACHE_BYTES, clock));
        };
    }

    /**
     * Training data of a place, on this machine's disk.
     *
     * @param folder takes what is fetched
     * @param check asked before each object that is fetched; what it throws ends the fetching
     */
    public Path data(Place place, Path folder, Runnable check) {
        return switch (place) {
            case Place.Local local -> local.path();
            case Place.Remote remote -> fetched(remote.location(), folder, check);
        };
    }

    private Path fetched(S3Location location, Path folder, Runnable check) {
        String prefix = location.prefix();
        String path = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        String address = "s3://" + location.bucket() + "/" + path;
        return new ObjectData(
                        connection().store(new S3Location(location.bucket(), ""), ErrorCode.RUNS_UNAVAILABLE),
                        path,
                        address,
                        ReadLimits.DEFAULT)
                .fetch(folder, location.bucket(), check);
    }

    /** A run as it is kept at a location. */
    public KeptFolder kept(S3Location location) {
        return new KeptFolder(connection().store(location, ErrorCode.RUNS_UNAVAILABLE), "", ErrorCode.RUNS_UNAVAILABLE);
    }

    private S3Connection connection() {
        S3Connection open = connection;
        if (open == null) {
            open = S3Connection.open(settings.get().requireUsable());
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
