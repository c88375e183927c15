package io.atelier.image.domain;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.models.ModelManifest;
import java.util.List;
import java.util.Optional;

/**
 * Pictures that are made and stored.
 *
 * @param model what made them
 * @param seed the seed that was used
 * @param deviceClass what the bytes depend on beside model, parameters and seed
 * @param pictures in the order asked for
 * @param contactSheet the sheet, when it was asked for
 */
public record Generated(
        ModelManifest model,
        long seed,
        String deviceClass,
        List<GeneratedPicture> pictures,
        Optional<ArtifactInfo> contactSheet) {

    /**
     * One picture.
     *
     * @param label the label it was made for
     * @param artifact the stored file
     * @param width in pixels
     * @param height in pixels
     */
    public record GeneratedPicture(String label, ArtifactInfo artifact, int width, int height) {}
}
