package io.atelier.learn.recipe;

/** A way to train one model. */
public interface Recipe {

    /** The settings its file gives, before any is overridden; {@code name}, {@code title} and {@code model} among them. */
    Settings defaults();

    /** Reads the data and builds networks and optimisers, ready for the first step. */
    Work open(WorkContext context);

    default String name() {
        return defaults().text("name");
    }
}
