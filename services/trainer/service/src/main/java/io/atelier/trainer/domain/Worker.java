package io.atelier.trainer.domain;

/**
 * Who works on jobs.
 *
 * @param name this process, for those who look at the ledger
 * @param device what it trains on; no two jobs run on one device at a time
 */
public record Worker(String name, String device) {}
