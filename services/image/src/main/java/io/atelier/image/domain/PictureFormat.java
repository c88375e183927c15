package io.atelier.image.domain;

/** How a picture is encoded. */
public enum PictureFormat {
    /** With alpha where the model makes it. */
    PNG("image/png", "png"),
    /** Over white where the model makes alpha. */
    JPEG("image/jpeg", "jpeg");

    private final String mediaType;
    private final String parameter;

    PictureFormat(String mediaType, String parameter) {
        this.mediaType = mediaType;
        this.parameter = parameter;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Its name in a work's provenance. */
    public String parameter() {
        return parameter;
    }
}
