package io.atelier.learn.recipe;

/** An evaluation was asked to stop before its end. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
