/**
 * The training loop and what survives it: the run folder with settings, metrics, samples and checkpoints.
 *
 * <p>All randomness of a step derives from the run's seed and the step's number, so that a checkpoint holds no generator
 * state and a resumed run on a CPU repeats the uninterrupted one bit by bit, with the same threads and the same
 * processor. Everything a reader may find is written to a temporary name, flushed and renamed.
 */
@NullMarked
package io.atelier.learn.train;

import org.jspecify.annotations.NullMarked;
