package io.atelier.learn.recipe;

import io.atelier.learn.train.StopSignal;

/** Something before or after the training's steps was asked to stop before its end. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Ends the caller's work when a stop was asked for. */
    public static void ifRequested(StopSignal stop) {
        if (stop.requested()) {
            throw new StoppedException();
        }
    }
}
