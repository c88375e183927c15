package io.atelier.kit.models;

import io.atelier.kernel.ErrorCode;
import io.atelier.kit.objects.OneS3Server;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelRepository;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import java.time.InstantSource;

class S3ModelRepositoryContractTest extends ModelRepositoryContract {
    private final String prefix = OneS3Server.freshPrefix();

    @Override
    protected ModelRepository open() {
        return new ObjectModelRepository(
                OneS3Server.get().store(prefix, ErrorCode.REPOSITORY_UNAVAILABLE),
                new PackageCache(scratch.resolve("cache"), 1 << 20, InstantSource.system()));
    }

    @Override
    protected ModelRepository openStarters() {
        return new DirectoryModelRepository(scratch.resolve("Starters"), InstantSource.system());
    }
}
