/** Commands that run another program of this project as a process of its own: the trainer and the benchmarks. */
@NullMarked
package io.atelier.cli.train;

import org.jspecify.annotations.NullMarked;
