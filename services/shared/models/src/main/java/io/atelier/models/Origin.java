package io.atelier.models;

import io.atelier.kernel.Digest;
import java.util.Objects;

/**
 * The published version whose weights a training started from.
 *
 * @param name the model's name
 * @param version the version
 * @param digest what it was
 */
public record Origin(ModelName name, long version, Digest digest) {
    public Origin {
        Objects.requireNonNull(name, "the origin's name is missing");
        Objects.requireNonNull(digest, "the origin's digest is missing");
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
