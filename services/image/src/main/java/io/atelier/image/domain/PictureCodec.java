package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.Provenance;

/** Reads and writes pictures. Thread-safe; the same picture and provenance give the same bytes. */
public interface PictureCodec {

    /** Encodes a picture with its provenance inside the file. */
    byte[] encode(Picture picture, PictureFormat format, Provenance provenance);

    /**
     * Decodes a PNG or JPEG.
     *
     * @param maxPixels the largest width times height
     * @throws io.atelier.kernel.ProblemException NOT_A_PICTURE, or TOO_LARGE before the pixels are read
     */
    Picture decode(byte[] bytes, int maxPixels);
}
