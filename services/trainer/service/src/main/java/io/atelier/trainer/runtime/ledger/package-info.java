/**
 * The ledger in PostgreSQL. Every change is one statement or one transaction, guarded by the epoch; the database's clock
 * is the only one.
 */
@NullMarked
package io.atelier.trainer.runtime.ledger;

import org.jspecify.annotations.NullMarked;
