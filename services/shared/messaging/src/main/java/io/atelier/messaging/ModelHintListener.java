package io.atelier.messaging;

/** Looks into the model repository when told that something may have changed there. Quick; does its work elsewhere. */
@FunctionalInterface
public interface ModelHintListener {

    /** A model was published, promoted, pinned or rolled back somewhere. May come for no reason. */
    void modelsMayHaveChanged();
}
