/**
 * libtorch as this project uses it: start-up and its checks, device, precision, the step's seed, arrays in and out.
 *
 * <p>A device that is configured and missing is an error, never a silent fallback; only {@code auto} chooses.
 */
@NullMarked
package io.atelier.learn.engine;

import org.jspecify.annotations.NullMarked;
