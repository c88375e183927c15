package io.atelier.trainer.domain;

/**
 * The right to work on a job, until it runs out or someone else gets it.
 *
 * @param job the job as it was when it was claimed
 * @param epoch the claim's number: every write names it, and one that is not the latest is refused
 */
public record Lease(Job job, long epoch) {}
