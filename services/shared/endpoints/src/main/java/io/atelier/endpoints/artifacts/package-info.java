/** Artifacts over the wire, the same in every service: {@code ArtifactService} and {@code GET /artifacts/{sha256}}. */
@NullMarked
package io.atelier.endpoints.artifacts;

import org.jspecify.annotations.NullMarked;
