package io.atelier.models;

/** The names of the event by which whoever changes a repository lets services look at once. */
public final class ModelChanges {
    /** Where it is told. */
    public static final String TOPIC = "atelier.models";

    /** The event's type. */
    public static final String TYPE = "io.atelier.model.changed.v1";

    private ModelChanges() {}
}
