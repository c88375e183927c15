package io.atelier.kernel;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event that says which version of a model is promoted now, so that services look at once. Its key is the model's
 * name, its data a {@code ModelChangedEvent} of the contracts as JSON.
 */
public final class ModelChanged {
    /** Where all services are told. */
    public static final String TOPIC = "atelier.models";

    /** The event's type. */
    public static final String TYPE = "io.atelier.model.changed.v1";

    private ModelChanged() {}

    /**
     * Its CloudEvents attributes by name.
     *
     * @param source who tells
     * @param id unlike any other of that source
     */
    public static Map<String, String> attributes(String source, String id, Instant time) {
        return new TreeMap<>(Map.of(
                "specversion",
                "1.0",
                "type",
                TYPE,
                "source",
                source,
                "id",
                id,
                "time",
                time.toString(),
                "datacontenttype",
                "application/json"));
    }
}
