/**
 * The command line of the training library: {@code train}, {@code recipes}, {@code eval}.
 *
 * <p>Always a process of its own, so that libtorch is on no service's class path. Results go to standard output, progress
 * and errors to standard error. Exit codes: 0 done, or stopped by SIGTERM or Ctrl-C with a checkpoint to resume from;
 * 1 failed; 2 wrong usage.
 */
@NullMarked
package io.atelier.learn;

import org.jspecify.annotations.NullMarked;
