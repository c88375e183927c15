package io.atelier.models;

import io.atelier.kernel.Digest;
import java.util.Objects;

/**
 * One file of a package.
 *
 * @param name its name within the package, without folders
 * @param sha256 the digest of its bytes
 * @param size its size in bytes
 */
public record ModelFile(String name, Digest sha256, long size) {
    public ModelFile {
        Objects.requireNonNull(name, "a file's name is missing");
        Objects.requireNonNull(sha256, "a file's sha256 is missing");
    }
}
