package io.atelier.inference;

/** Why a graph cannot be served; of a package it becomes BROKEN_PACKAGE where the model is known. */
public final class NotServable extends Exception {
    private static final long serialVersionUID = 1L;

    NotServable(String why) {
        super(why);
    }

    NotServable(String why, Throwable cause) {
        super(why, cause);
    }
}
