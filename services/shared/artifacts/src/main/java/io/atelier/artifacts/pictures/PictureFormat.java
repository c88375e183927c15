package io.atelier.artifacts.pictures;

/** The formats pictures are stored in. */
public enum PictureFormat {
    /** Lossless, with alpha. */
    PNG("image/png", "png"),
    /** Baseline, quality 0.92, alpha over white. */
    JPEG("image/jpeg", "jpg");

    private final String mediaType;
    private final String extension;

    PictureFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The usual end of a file's name, without the dot. */
    public String extension() {
        return extension;
    }
}
