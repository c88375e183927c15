/**
 * Runs each attempt at a training as a child process: a JVM of its own with learn's main, its memory bounded, its log its
 * own. libtorch never enters the service's process, and whatever a training does to its process leaves the service alone.
 *
 * <p>Each attempt has a folder of its own, {@code WORK/JOB/EPOCH}, which begins as a copy of what the attempt before it
 * had kept: an attempt whose worker was only paused may still be writing in the old one, and can spoil nothing.
 */
@NullMarked
package io.atelier.trainer.runtime.process;

import org.jspecify.annotations.NullMarked;
