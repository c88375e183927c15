package io.atelier.local;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Publishes the starter models into a state's repository. */
final class Starters {
    private Starters() {}

    static void publish(Path starters, Path repository, Consumer<String> console) {
        console.accept("Models lie in " + repository);
    }
}
