package io.atelier.inference;

/** Why a package's graph cannot be served; becomes BROKEN_PACKAGE where the model is known. */
final class NotServable extends Exception {
    private static final long serialVersionUID = 1L;

    NotServable(String why) {
        super(why);
    }

    NotServable(String why, Throwable cause) {
        super(why, cause);
    }
}
