package io.atelier.learn.train;

import java.util.List;

/** Listens to a training, on the training's own thread. */
@FunctionalInterface
public interface TrainingEvents {

    void on(TrainingEvent event);

    default void note(String text) {
        on(new TrainingEvent.Note(text));
    }

    /** Tells all of these, in turn. */
    static TrainingEvents all(List<TrainingEvents> listeners) {
        return event -> listeners.forEach(listener -> listener.on(event));
    }
}
