package io.atelier.inference.flow;

import java.util.function.Supplier;

/** Told, while a flow is followed, what its pictures would become if they kept their velocity from there on. */
@FunctionalInterface
public interface Estimates {
    Estimates NONE = (step, pictures) -> {};

    /**
     * At the beginning of a step.
     *
     * @param step from 0
     * @param pictures (n, ...), in -1..1; computed when asked for
     */
    void at(int step, Supplier<float[]> pictures);
}
