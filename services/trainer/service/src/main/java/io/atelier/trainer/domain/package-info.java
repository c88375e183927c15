/**
 * Jobs and what may happen to them. A job's row in the {@link io.atelier.trainer.domain.Ledger} is the truth: whoever works
 * on it holds a lease, and whoever lost the lease cannot write.
 */
@NullMarked
package io.atelier.trainer.domain;

import org.jspecify.annotations.NullMarked;
