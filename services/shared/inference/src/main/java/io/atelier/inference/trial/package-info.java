/**
 * Tries a graph of unknown origin in a process of its own, which may hang, take all it gets or die, and tells what came of it.
 *
 * <p>The child is a JVM with an empty environment and a scratch folder as its working, home and temporary folder. Its address
 * space, processor time and the size of its files are limited by {@code prlimit}, or by a shell's {@code ulimit}; it has so
 * much time by the clock, then it is killed with all its children. It reads what to do from standard input and dies when that
 * ends; what it may answer is bounded, and is read as something that a hostile graph may have written.
 *
 * <p>It runs as the same user and may read what that user may: this holds accidents and bombs, not a graph that takes over
 * ONNX Runtime's native code.
 */
@NullMarked
package io.atelier.inference.trial;

import org.jspecify.annotations.NullMarked;
