package io.atelier.trainer.runtime.ledger;

import java.time.Duration;

/**
 * How a ledger deals with workers.
 *
 * @param lease how long a claim holds without being renewed
 * @param barrenClaims how often a job may be claimed without a step forward before it fails
 */
public record LedgerSettings(Duration lease, int barrenClaims) {
    public LedgerSettings {
        if (!lease.isPositive() || barrenClaims < 1) {
            throw new IllegalArgumentException("a lease takes time, and a job at least one claim");
        }
    }

    public static LedgerSettings defaults() {
        return new LedgerSettings(Duration.ofSeconds(20), 5);
    }
}
