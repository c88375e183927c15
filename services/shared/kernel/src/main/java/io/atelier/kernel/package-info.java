/**
 * The words every module shares: problems and their codes, digests, request keys, seeds, deadlines, cancellation,
 * and the rules that clients and services must answer alike.
 *
 * <p>Depends on java.base and jspecify alone. A {@link io.atelier.kernel.Problem} is a value; where it has to cross
 * code that returns something else it travels in a {@link io.atelier.kernel.ProblemException}, which each entrance maps
 * in one place. Any other exception that reaches an entrance is a bug and is answered as {@link
 * io.atelier.kernel.ErrorCode#INTERNAL} without its text.
 */
@NullMarked
package io.atelier.kernel;

import org.jspecify.annotations.NullMarked;
