package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;

/** A PNG or JPEG whose structure is sound and whose pixels are not decoded yet. */
public interface EncodedPicture {
    /** How many pixels it has, by its header. */
    int pixels();

    /** Decodes it; see {@link Pictures#decode}. */
    Picture decode();
}
