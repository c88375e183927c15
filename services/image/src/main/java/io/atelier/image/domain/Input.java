package io.atelier.image.domain;

/** Where a picture that a request brings comes from. */
public sealed interface Input {
    /** The request names none. */
    record None() implements Input {}

    /** Its bytes, a PNG or JPEG. */
    record Content(byte[] bytes) implements Input {}

    /** The id of a stored artifact. */
    record Stored(String artifactId) implements Input {}
}
