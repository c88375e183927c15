package io.atelier.models;

import java.nio.file.Path;

/**
 * A published version on local disk.
 *
 * @param manifest its model.json
 * @param folder the folder with its files
 */
public record ModelPackage(ModelManifest manifest, Path folder) {
    public Path file(String name) {
        return folder.resolve(name);
    }
}
