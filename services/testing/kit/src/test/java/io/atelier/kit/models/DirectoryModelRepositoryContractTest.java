package io.atelier.kit.models;

import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelRepository;
import java.time.InstantSource;

class DirectoryModelRepositoryContractTest extends ModelRepositoryContract {
    @Override
    protected ModelRepository open() {
        return new DirectoryModelRepository(scratch.resolve("models"), InstantSource.system());
    }

    @Override
    protected ModelRepository openStarters() {
        return new DirectoryModelRepository(scratch.resolve("starters"), InstantSource.system());
    }
}
