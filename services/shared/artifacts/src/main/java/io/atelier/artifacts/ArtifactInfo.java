package io.atelier.artifacts;

import io.atelier.kernel.Digest;
import java.util.Optional;

/**
 * An artifact's sidecar.
 *
 * @param id the SHA-256 of its bytes
 * @param mediaType its IANA media type
 * @param size its size in bytes
 * @param provenance how it was made; empty for an input
 */
public record ArtifactInfo(Digest id, String mediaType, long size, Optional<Provenance> provenance) {}
