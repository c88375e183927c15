/**
 * The {@code atelier} commands. Each says what it does while it does it, ends with 0 (done), 1 (failed) or 2 (used
 * wrongly), tells a failure as a sentence with its code and field, and with {@code --json} prints one document to standard
 * output and everything else to standard error.
 *
 * <p>Training is started as a process of its own, so that libtorch is never on this class path.
 */
@NullMarked
package io.atelier.cli;

import org.jspecify.annotations.NullMarked;
