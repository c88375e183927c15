package io.atelier.image.domain;

import io.atelier.artifacts.pictures.PictureFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Asks for a photograph to be painted.
 *
 * @param model name, or name@version
 * @param content the photograph
 * @param style in whose manner
 * @param strength how much of the painting shows, 0 to 1; default 1
 * @param keepColours whether the photograph's colours stay, and only lightness is painted
 * @param seed of the noise that strokes start from; default: derived from the request's key
 * @param size longer side in pixels at which it is painted; default: the photograph's own
 * @param format how the result is encoded
 * @param previewEvery after how many parts to show what there is, and so on
 * @param fixedSize how a network that takes one size alone is used; must say nothing to others
 */
public record StylizeRequest(
        String model,
        Input content,
        StyleChoice style,
        OptionalDouble strength,
        boolean keepColours,
        OptionalLong seed,
        OptionalInt size,
        PictureFormat format,
        OptionalInt previewEvery,
        Optional<FixedSize> fixedSize) {

    /** How a picture of any size goes through a network of one size. */
    public enum FixedSize {
        /** In parts of the network's size, which overlap and go over into each other. The default. */
        TILE,
        /** Shrunk or enlarged to the network's size, and back. */
        RESIZE
    }
}
