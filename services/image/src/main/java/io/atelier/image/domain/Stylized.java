package io.atelier.image.domain;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.models.ModelManifest;

/**
 * A painted photograph that is stored.
 *
 * @param model what painted it
 * @param seed the seed that was used
 * @param deviceClass what the bytes depend on beside model, photograph, parameters and seed
 * @param artifact the stored file
 * @param width in pixels
 * @param height in pixels
 */
public record Stylized(
        ModelManifest model, long seed, String deviceClass, ArtifactInfo artifact, int width, int height) {}
