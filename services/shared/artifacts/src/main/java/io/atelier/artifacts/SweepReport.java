package io.atelier.artifacts;

/**
 * What a sweep did.
 *
 * @param outcomes how many expired outcomes it deleted
 * @param artifacts how many artifacts it deleted
 * @param usedBytes the bytes of all artifacts left
 */
public record SweepReport(int outcomes, int artifacts, long usedBytes) {}
