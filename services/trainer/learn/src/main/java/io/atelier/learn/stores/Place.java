package io.atelier.learn.stores;

import io.atelier.s3.S3Location;
import java.nio.file.Path;

/** Where something is, as an option names it: a path, or {@code s3://bucket/prefix}. */
public sealed interface Place {

    record Local(Path path) implements Place {}

    record Remote(S3Location location) implements Place {}

    /** Reads what an option of this name says; throws a problem when it means an object store and has not its form. */
    static Place of(String option, String text) {
        return S3Location.isMeant(text) ? new Remote(S3Location.of(option, text)) : new Local(Path.of(text));
    }
}
