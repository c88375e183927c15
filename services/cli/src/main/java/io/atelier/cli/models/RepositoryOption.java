package io.atelier.cli.models;

import io.atelier.cli.Installation;
import io.atelier.cli.StateOption;
import io.atelier.local.Starters;
import io.atelier.local.StateFolder;
import io.atelier.models.ModelRepository;
import picocli.CommandLine.Mixin;

/** The repository of the state folder, with the starter models in it. */
final class RepositoryOption {
    @Mixin
    private final StateOption state = new StateOption();

    StateFolder folder() {
        return state.folder();
    }

    ModelRepository open() {
        return Starters.open(Installation.starters(), state.folder().models());
    }
}
