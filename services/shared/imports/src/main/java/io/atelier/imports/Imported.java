package io.atelier.imports;

import io.atelier.models.ModelManifest;
import java.util.List;

/**
 * A model that was imported.
 *
 * @param manifest as it was published
 * @param found what was found out of it and how, a line each
 */
public record Imported(ModelManifest manifest, List<String> found) {
    public Imported {
        found = List.copyOf(found);
    }
}
