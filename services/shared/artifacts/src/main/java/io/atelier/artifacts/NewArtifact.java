package io.atelier.artifacts;

import java.util.Optional;

/**
 * Bytes to be stored.
 *
 * @param bytes the file
 * @param mediaType its IANA media type
 * @param provenance how it was made; empty for an input
 */
public record NewArtifact(byte[] bytes, String mediaType, Optional<Provenance> provenance) {}
