/**
 * Benchmarks that hold the services side by side with what they stand on, in one run and on the same work, so that their
 * figures are ratios and differences and not promises about a machine.
 */
@NullMarked
package io.atelier.bench;

import org.jspecify.annotations.NullMarked;
