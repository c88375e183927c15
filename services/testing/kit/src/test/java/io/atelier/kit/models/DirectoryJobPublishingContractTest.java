package io.atelier.kit.models;

import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelRepository;
import java.time.InstantSource;

class DirectoryJobPublishingContractTest extends JobPublishingContract {
    @Override
    protected ModelRepository open() {
        return new DirectoryModelRepository(scratch.resolve("models"), InstantSource.system());
    }

    @Override
    protected ModelRepository openPrivate() {
        return new DirectoryModelRepository(scratch.resolve("private"), InstantSource.system());
    }
}
