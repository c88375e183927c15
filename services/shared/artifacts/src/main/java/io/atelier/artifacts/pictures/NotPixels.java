package io.atelier.artifacts.pictures;

/** Why bytes are no picture; becomes NOT_A_PICTURE where the field is known. */
final class NotPixels extends Exception {
    private static final long serialVersionUID = 1L;

    NotPixels(String why) {
        super(why);
    }
}
